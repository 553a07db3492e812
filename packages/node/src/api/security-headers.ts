/**
 * What the browser is told about every answer. Messages are written by others and shown in this page: should one ever get
 * past the sanitiser, it still finds no way to run a script, load anything from elsewhere or be framed.
 */
export function securityHeaders(port: number): Record<string, string> {
  // Older Safari does not count ws: as 'self'.
  const sockets = `ws://127.0.0.1:${port} ws://localhost:${port}`;
  return {
    "content-security-policy": [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      // People's pictures, which come as values and not as addresses.
      "img-src 'self' data: blob:",
      "media-src 'self' blob:",
      `connect-src 'self' ${sockets}`,
      "worker-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
    // To scan codes and to record voice messages; browsers still ask the person.
    "permissions-policy": "camera=(self), microphone=(self), geolocation=(), display-capture=(), usb=(), serial=(), hid=()",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  };
}
