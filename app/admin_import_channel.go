package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"vivarium/app/moving/remote"
)

const importChannelHelp = `Copies a channel of another server that speaks the Anaconda API, such as the original or
another Vivarium: its packages with all versions and files, their labels (locked
ones are locked here), who may see them, and what is said of them. URL is the
channel's page there, https://old.example/labs; C must be here already.

The token, of an owner and with the scope api:read, shows what is not public. It is
read from stdin, from --token-file or from ANACONDA_API_TOKEN. Not copied are people,
groups, tokens and statistics.

The command can be broken off and given again at any time: what is here with the
digest that the other server says is passed over, so a last run just before the
change of address brings what is new. What was written or labelled here by hand
stays. The proof sheet at the end counts what is there and here, and names what was
left out; the exit status is 1 when something that should be here is not.`

// foreignToken says where the token of another server comes from.
type foreignToken struct {
	stdin bool
	file  string
}

func (f *foreignToken) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.stdin, "token-stdin", false, "read the other server's token from stdin")
	cmd.Flags().StringVar(&f.file, "token-file", "", "read the other server's token from a file")
	notBoth(cmd, "token-stdin", "token-file")
}

const maxTokenText = 64 << 10

// read returns the token, or nothing when none is given.
func (f *foreignToken) read(cmd *cobra.Command) (string, error) {
	text := []byte(os.Getenv("ANACONDA_API_TOKEN"))
	var err error
	switch {
	case f.stdin:
		text, err = io.ReadAll(io.LimitReader(cmd.InOrStdin(), maxTokenText))
	case f.file != "":
		text, err = os.ReadFile(f.file)
	}
	token := strings.TrimSpace(string(text))
	if err == nil && token == "" && (f.stdin || f.file != "") {
		err = errors.New("there was no token")
	}
	return token, err
}

func newImportChannel() *cobra.Command {
	var in moveFlags
	var token foreignToken
	channel := ""
	cmd := &cobra.Command{Use: "import-channel URL --channel C", Short: "Copies a channel of another server", Long: importChannelHelp, Args: wants("URL")}
	cmd.Flags().StringVar(&channel, "channel", "", "the user or organization that gets the packages")
	token.add(cmd)
	in.add(cmd)
	cmd.RunE = doing("importing", func(cmd *cobra.Command, args []string) error {
		if channel == "" {
			return usagef("--channel is missing")
		}
		secret, err := token.read(cmd)
		if err != nil {
			return usagef("the token: %w", err)
		}
		return asOperator(cmd, func(ctx context.Context, op operator) error {
			return importChannel(ctx, cmd, op, in, args[0], secret, channel)
		})
	})
	return cmd
}

func importChannel(ctx context.Context, cmd *cobra.Command, op operator, in moveFlags, address, token, channel string) error {
	if _, err := op.Account(ctx, op.actor, channel); err != nil {
		return err
	}
	server, name, err := remote.Find(ctx, address, token)
	if err != nil {
		return err
	}
	from, err := server.Channel(ctx, name)
	if err != nil {
		return err
	}
	sheet, err := in.move(ctx, cmd, op, from, channel)
	return in.report(cmd, err, sheet)
}
