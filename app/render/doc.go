// Package render makes safe HTML of what other people wrote: Markdown, code,
// notebooks. Markup in it is never passed on as it came: Markdown is drawn without
// the HTML that stands in it, and everything goes through a list of allowed elements
// afterwards. What is drawn fits below a page's own heading, and needs neither style
// attributes nor scripts nor anything from another site.
package render
