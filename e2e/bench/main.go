// Command bench measures the CPU that the program takes for what it serves, beside
// nginx serving the same bytes from files, turn by turn in one run, and prints one
// table. CPU is compared because times and rates say more about the machine's other
// work. It needs Linux and nginx, and listens on 127.0.0.1 only.
//
//	go run ./e2e/bench [-rounds N]
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
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Stdout, *rounds)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures everything in a folder of its own and prints the table.
func run(ctx context.Context, out io.Writer, rounds int) error {
	dir, err := os.MkdirTemp("", "vivarium-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left is the system's to collect
	p, err := buildProgram(ctx, dir)
	if err != nil {
		return err
	}
	var r report
	for _, measure := range []func(context.Context, program, *report) error{measureStart, measureUpload, measureRestart, measureServing} {
		r.rounds = rounds
		if err := measure(ctx, p, &r); err != nil {
			return err
		}
	}
	return r.print(out)
}
