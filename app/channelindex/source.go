package channelindex

import (
	"context"
	"encoding/json"
	"iter"
	"time"

	"vivarium/app/model"
)

// Record is one file of a view, or one package in the view of a whole channel.
type Record struct {
	FileName string
	Package  string
	// JSON is the canonical package record: keys sorted, no blanks. It is served
	// as it is.
	JSON json.RawMessage
	// RunExports is the canonical run_exports.json: nil when it is not known, {}
	// when the package has none.
	RunExports json.RawMessage
	// Patch is what of the record is served otherwise than its archive has it, as
	// canonical JSON; nil when nothing is. JSON is with the patch.
	Patch json.RawMessage
	// Subdirs is where a package has files, sorted, in the view of a whole channel.
	Subdirs []string
	// Removed marks a yanked file: it is named under removed, without a record.
	Removed bool
}

// State is how new what a Reader gives is.
type State struct {
	Seq int64
	// ModTime is when what they see last changed, or the channel was created.
	ModTime time.Time
	// Created is when the channel was created.
	Created time.Time
}

// Reader reads one state of a channel, so that all it gives belongs together.
type Reader interface {
	// State is how new it is, for those who see what v shows.
	State(v Visibility) State
	// Changes lists the channel's change log after a number, ascending.
	Changes(ctx context.Context, after int64) ([]model.IndexChange, error)
	// Records gives the records of a view by FileName. What it gives is good until
	// the next.
	Records(ctx context.Context, key Key) iter.Seq2[Record, error]
	// PackageRecords lists the records of some packages in a view, in any order.
	PackageRecords(ctx context.Context, key Key, packages []string) ([]Record, error)
	// Beyond lists packages, at most so many, among which are all that key shows and
	// its like with the Visibility less does not. That has none that key lacks.
	Beyond(ctx context.Context, key Key, less Visibility, most int) ([]string, error)
}

// Source calls read with the channel's newest state. One call may serve many
// requests, so it must not depend on who asked; its context is not cancelled with
// the request.
type Source func(ctx context.Context, accountID int64, read func(Reader) error) error
