package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestExamples: every command that does something shows how it is used, in lines
// that it understands, and those that list show --json.
func TestExamples(t *testing.T) {
	t.Parallel()
	seen := 0
	var look func(cmd *cobra.Command)
	look = func(cmd *cobra.Command) {
		for _, below := range cmd.Commands() {
			look(below)
		}
		if cmd.HasSubCommands() || cmd.Name() == "help" {
			return
		}
		seen++
		if !strings.Contains(cmd.Example, cmd.CommandPath()+" ") && strings.TrimSpace(cmd.Example) != cmd.CommandPath() {
			t.Errorf("%s has the example %q", cmd.CommandPath(), cmd.Example)
		}
		if strings.HasPrefix(cmd.Name(), "list-") && !strings.Contains(cmd.Example, "--json") {
			t.Errorf("the example of %s shows no --json", cmd.CommandPath())
		}
		for line := range strings.Lines(cmd.Example) {
			understood(t, strings.TrimSpace(line))
		}
	}
	look(newRoot())
	if seen != len(exampleLines) {
		t.Errorf("%d commands, and examples of %d", seen, len(exampleLines))
	}
}

var shellWord = regexp.MustCompile(`'[^']*'|"[^"]*"|[^ ]+`)

// understood takes a line to its command, with its flags and arguments.
func understood(t *testing.T, line string) {
	t.Helper()
	line, _, _ = strings.Cut(line, " <")
	line, _, _ = strings.Cut(line, " | ")
	var words []string
	for _, word := range shellWord.FindAllString(line, -1) {
		words = append(words, strings.Trim(word, `'"`))
	}
	cmd, rest, err := newRoot().Find(words[1:])
	if err == nil {
		err = cmd.ParseFlags(rest)
	}
	if err == nil {
		err = cmd.ValidateArgs(cmd.Flags().Args())
	}
	if err != nil || words[0] != "app" || !cmd.Runnable() {
		t.Errorf("%s: %v", line, err)
	}
}
