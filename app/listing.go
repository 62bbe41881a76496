package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"vivarium/app/model"
)

// cells is a row of a listing as people read it; as JSON it is itself.
type cells interface{ cells() []string }

// newListing makes a command that lists what find returns.
func newListing[T cells](use, help, what string, args cobra.PositionalArgs, head []string, find func(context.Context, operator, []string) ([]T, error)) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: firstSentence(help), Long: help, Args: args}
	asJSON := addJSON(cmd)
	cmd.RunE = doing(what, func(cmd *cobra.Command, args []string) error {
		return asOperator(cmd, func(ctx context.Context, op operator) error {
			list, err := find(ctx, op, args)
			if err != nil {
				return err
			}
			return printList(cmd.OutOrStdout(), *asJSON, head, list)
		})
	})
	return cmd
}

func addJSON(cmd *cobra.Command) *bool {
	return cmd.Flags().Bool("json", false, "print an array of objects")
}

// printList prints a table, or an array of objects.
func printList[T cells](w io.Writer, asJSON bool, head []string, list []T) error {
	if asJSON {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(append([]T{}, list...)) // an empty list is [], not null
	}
	const gap = 2
	t := tabwriter.NewWriter(w, 0, 0, gap, ' ', 0)
	fmt.Fprintln(t, strings.Join(head, "\t"))
	for _, row := range list {
		fmt.Fprintln(t, strings.TrimRight(strings.Join(rows(row.cells(), model.Plain), "\t"), "\t"))
	}
	return t.Flush()
}

// rows turns what registry returned into rows.
func rows[A, B any](list []A, row func(A) B) []B {
	var out []B
	for _, item := range list {
		out = append(out, row(item))
	}
	return out
}

func mark(set bool, word string) string {
	if set {
		return word
	}
	return "-"
}

// day writes a date for people; a moment that never comes is a dash.
func day(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format(time.DateOnly)
}

// moment is a time in JSON, null when it never comes.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// firstSentence is what a help text begins with, for the list of commands.
func firstSentence(help string) string {
	s, _, _ := strings.Cut(strings.ReplaceAll(help, "\n", " "), ". ")
	s, _, _ = strings.Cut(s, ": ")
	s, _, _ = strings.Cut(s, "; ")
	return strings.TrimSuffix(s, ".")
}
