// Package openapi makes an OpenAPI 3.1 document from the table of routes and a
// description of each call: who may and which errors there are follow from the row,
// the shapes of bodies from the Go types that are read and written. It is pure and
// knows no API in particular.
package openapi
