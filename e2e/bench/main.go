// Command bench measures the CPU that the program takes for what it serves, beside
// nginx serving the same bytes from files, turn by turn in one run, and prints one
// table. CPU is compared because times and rates say more about the machine's other
// work. It needs Linux, nginx and
// sqlite3, and listens on 127.0.0.1 only.
//
//	go run ./e2e/bench [-rounds N] [-only PART] [-publishes N] [-mix TIME] [-million] [-program FILE]
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

func main() {
	built := flag.String("program", "", "measure this program instead of building it")
	only := flag.String("only", "", "measure only this: start, upload (with restart and serving), uploads (of small packages), import, growth or mix")
	var r report
	flag.IntVar(&r.rounds, "rounds", 5, "how often each server has its turn")
	flag.IntVar(&r.publishes, "publishes", 50, "how many publishes are measured in each channel")
	flag.DurationVar(&r.mixTime, "mix", 10*time.Second, "how long a turn of mixed load is")
	flag.BoolVar(&r.million, "million", false, "measure a channel of a million files, too")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Stdout, *built, *only, &r)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// parts is what can be measured by itself.
var parts = []struct {
	name     string
	measures []func(context.Context, program, *report) error
}{
	{"start", []func(context.Context, program, *report) error{measureStart}},
	{"upload", []func(context.Context, program, *report) error{measureUpload, measureRestart, measureServing}},
	{"uploads", []func(context.Context, program, *report) error{measureSmallUploads}},
	{"import", []func(context.Context, program, *report) error{measureImport}},
	{"growth", []func(context.Context, program, *report) error{measureGrowth}},
	{"mix", []func(context.Context, program, *report) error{measureMix}},
}

// run measures everything, or one part, in a folder of its own and prints the table.
func run(ctx context.Context, out io.Writer, built, only string, r *report) error {
	dir, err := os.MkdirTemp("", "vivarium-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left is the system's to collect
	p := program{dir: dir}
	if p.path, err = filepath.Abs(built); err != nil { // it runs in dir
		return err
	}
	if built == "" {
		if p, err = buildProgram(ctx, dir); err != nil {
			return err
		}
	}
	for _, part := range parts {
		if only != "" && part.name != only {
			continue
		}
		for _, measure := range part.measures {
			if err := measure(ctx, p, r); err != nil {
				return err
			}
		}
	}
	return r.print(out)
}
