// Package moving is the van that brings channels of other servers here: packages
// with their files, labels and what is said of them. It changes this site by the
// registry's verbs alone, passes over what is here already, and proves at the end
// what it did. Where the channels come from is read by the packages below it.
package moving
