// Package protocol holds what all surfaces for programs share: how a request
// says who it is, how documents and files are served with their validators and
// caching headers, and which status a failure has. The wire formats themselves
// live in the packages below it; what is allowed is decided in registry.
package protocol
