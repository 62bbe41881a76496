// Package views draws the pages: templ components that take props and give HTML.
// They fetch nothing and decide nothing. Addresses come from the functions in
// url.go; what many pages share is in layout and parts.
package views

//go:generate go tool templ generate -path .
