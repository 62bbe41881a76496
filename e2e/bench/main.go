// Command bench measures the CPU that the program takes for what it serves, beside
// nginx serving the same bytes from files, turn by turn in one run, and prints one
// table. CPU is compared because times and rates say more about the machine's other
// work. It needs Linux and nginx, and listens on 127.0.0.1 only.
//
//	go run ./e2e/bench [-rounds N] [-program FILE]
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	rounds := flag.Int("rounds", 5, "how often each server has its turn")
	built := flag.String("program", "", "measure this program instead of building it")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Stdout, *built, *rounds)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures everything in a folder of its own and prints the table.
func run(ctx context.Context, out io.Writer, built string, rounds int) error {
	dir, err := os.MkdirTemp("", "vivarium-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left is the system's to collect
	p := program{path: built, dir: dir}
	if built == "" {
		if p, err = buildProgram(ctx, dir); err != nil {
			return err
		}
	}
	r := report{rounds: rounds}
	for _, measure := range []func(context.Context, program, *report) error{measureStart, measureUpload, measureRestart, measureServing} {
		if err := measure(ctx, p, &r); err != nil {
			return err
		}
	}
	return r.print(out)
}
