/** Screens with files; see writing-screen-names.ts. */
export const fileScreenNames = ["files", "staged", "look", "storage"] as const;
