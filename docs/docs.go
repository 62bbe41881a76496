// Package docs embeds what the program itself shows of its documentation.
package docs

import (
	_ "embed"
	"strings"
)

//go:embed clients.tsv
var clients string

// Client is a command of a client that the end-to-end tests run against this
// version of the program, and what became of it.
type Client struct{ Name, Version, Command, Result, Test string }

// Clients lists what is proved of clients, by name and version.
func Clients() []Client {
	var all []Client
	for line := range strings.Lines(clients) {
		part := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(part) == 5 {
			all = append(all, Client{part[0], part[1], part[2], part[3], part[4]})
		}
	}
	return all
}
