// Command app is Vivarium: `app serve` runs the server, `app admin …` looks after
// it. The commands are thin: they read the configuration, build the parts in
// wire.go, and call registry as the local operator.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"vivarium/app/config"
	"vivarium/app/model"
)

// The exit statuses.
const (
	statusDone = iota
	statusRefused
	statusUsage
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run executes one command line and returns the exit status. An error is one line
// on stderr.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second signal ends the program at once.
	context.AfterFunc(ctx, stop)
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return statusDone
	}
	var f *failure
	if !errors.As(err, &f) { // cobra's own errors are about the command line
		f = &failure{doing: "reading the command line", err: err, status: statusUsage}
	}
	fmt.Fprintln(stderr, "app: "+oneLine(f.Error()))
	return f.status
}

const rootHelp = `Vivarium is a package server: conda channels and the Anaconda API over one folder
of data. "app serve" runs it; "app admin" makes users, organizations and tokens
and looks after the data, also while the server runs.`

func newRoot() *cobra.Command {
	root := &cobra.Command{Use: "app", Short: "A package server", Long: rootHelp, SilenceErrors: true, SilenceUsage: true}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())
	})
	config.AddFlags(root.PersistentFlags())
	root.AddCommand(newServe(), newAdmin(), newHealthcheck(), newVersion())
	group(root)
	giveExamples(root)
	return root
}

// group makes a command that only holds others ask for one of them.
func group(cmd *cobra.Command) {
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return fmt.Errorf("%q is not a command of %s; see %s --help", args[0], cmd.CommandPath(), cmd.CommandPath())
		}
		return nil
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return fmt.Errorf("%s needs a command; see %s --help", cmd.CommandPath(), cmd.CommandPath())
	}
}

// failure is an error of a command at work.
type failure struct {
	doing  string
	err    error
	status int
}

// Error says what was being done and what is wrong.
func (f *failure) Error() string { return f.doing + ": " + f.err.Error() }

// Unwrap returns the cause.
func (f *failure) Unwrap() error { return f.err }

// usageError is a wrong command line that only the command itself could see.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// doing makes the work of a command: an error says what was being done, and to
// what.
func doing(what string, do func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		err := do(cmd, args)
		var inner *failure
		if err == nil || errors.As(err, &inner) {
			return err
		}
		f := &failure{doing: what, err: withHint(brokenOff(cmd, err)), status: statusRefused}
		if len(args) > 0 {
			f.doing += " " + args[0]
		}
		if errors.As(err, new(usageError)) {
			f.status = statusUsage
		}
		return f
	}
}

// oneLine joins the lines of an error that holds several. What others wrote may
// stand in it, and must not command a terminal.
func oneLine(s string) string {
	lines := strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' })
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return model.Plain(strings.Join(lines, " "))
}

// loadConfig reads the configuration in force for cmd.
func loadConfig(cmd *cobra.Command) (config.Loaded, error) {
	loaded, err := config.Load(cmd.Flags())
	if err != nil {
		return loaded, &failure{doing: "reading the configuration", err: err, status: statusUsage}
	}
	return loaded, nil
}

// wants checks the arguments of a command against their names. The last ones may be
// left out when they stand in brackets.
func wants(names ...string) cobra.PositionalArgs {
	least := 0
	for least < len(names) && !strings.HasPrefix(names[least], "[") {
		least++
	}
	return func(cmd *cobra.Command, args []string) error {
		if least <= len(args) && len(args) <= len(names) {
			return nil
		}
		want := strings.Join(names, " ")
		if want == "" {
			want = "no argument"
		}
		return fmt.Errorf("%s takes %s, not %d arguments; see %s --help", cmd.CommandPath(), want, len(args), cmd.CommandPath())
	}
}

// notBoth lets a command have at most one of two flags.
func notBoth(cmd *cobra.Command, first, second string) {
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		if cmd.Flags().Changed(first) && cmd.Flags().Changed(second) {
			return fmt.Errorf("%s takes --%s or --%s, not both; see %s --help", cmd.CommandPath(), first, second, cmd.CommandPath())
		}
		return nil
	}
}
