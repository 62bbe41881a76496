// Package httpd is the server around the surfaces: it splits requests by the
// first segments of their path, builds muxes from the table of routes, and does
// what every request needs, whoever answers it: an id, the real address of the
// client, a log line, a guard against panics, limits on rate and size. It knows no
// rules of the registry and draws no pages.
package httpd
