/** As in package.json: what `status` and `multichat --version` say. */
export const version = "0.1.0";
