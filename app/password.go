package main

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// passwordFlags say where a password comes from.
type passwordFlags struct{ stdin, generate bool }

func (f *passwordFlags) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.stdin, "password-stdin", false, "read the password from stdin")
	cmd.Flags().BoolVar(&f.generate, "generate-password", false, "choose a password and print it alone on stdout")
	notBoth(cmd, "password-stdin", "generate-password")
}

// read returns the password: from stdin, chosen, or asked for.
func (f *passwordFlags) read(cmd *cobra.Command, minLength int) (string, error) {
	switch {
	case f.generate:
		return choosePassword(minLength), nil
	case f.stdin:
		return passwordFrom(cmd.InOrStdin())
	}
	return askPassword(cmd)
}

// report says what was done; a chosen password stands alone on stdout.
func (f *passwordFlags) report(cmd *cobra.Command, password, done string) error {
	if !f.generate {
		return say(cmd, "%s", done)
	}
	fmt.Fprintln(cmd.ErrOrStderr(), done)
	return say(cmd, "%s", password)
}

// choosePassword draws at least 128 bits, in letters and digits that are hard to
// misread.
func choosePassword(minLength int) string {
	password := rand.Text()
	for len(password) < minLength {
		password += rand.Text()
	}
	return password
}

// maxPassword bounds what is read; registry refuses long before that.
const maxPassword = 64 << 10

func passwordFrom(r io.Reader) (string, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxPassword))
	if err != nil {
		return "", fmt.Errorf("read the password from stdin: %w", err)
	}
	password := strings.TrimSuffix(strings.TrimSuffix(string(text), "\n"), "\r")
	if password == "" {
		return "", errors.New("there was no password on stdin")
	}
	return password, nil
}

// terminal returns the terminal that the person sits at, if there is one.
func terminal(cmd *cobra.Command) (fd int, ok bool) {
	f, isFile := cmd.InOrStdin().(*os.File)
	if !isFile {
		return 0, false
	}
	return int(f.Fd()), term.IsTerminal(int(f.Fd()))
}

func askPassword(cmd *cobra.Command) (string, error) {
	fd, ok := terminal(cmd)
	if !ok {
		return "", usagef("there is no terminal to ask for the password: give --password-stdin or --generate-password")
	}
	first, err := promptSecret(cmd, fd, "Password: ")
	if err != nil {
		return "", err
	}
	again, err := promptSecret(cmd, fd, "The same again: ")
	if err != nil {
		return "", err
	}
	if first != again {
		return "", errors.New("the two passwords differ")
	}
	return first, nil
}

func promptSecret(cmd *cobra.Command, fd int, prompt string) (string, error) {
	fmt.Fprint(cmd.ErrOrStderr(), prompt)
	secret, err := term.ReadPassword(fd)
	fmt.Fprintln(cmd.ErrOrStderr())
	if err != nil {
		return "", fmt.Errorf("read the password: %w", err)
	}
	return string(secret), nil
}

// confirm asks before something is lost. Without a terminal there is nobody to
// ask: a script means what it says.
func confirm(cmd *cobra.Command, question string) error {
	if _, ok := terminal(cmd); !ok {
		return nil
	}
	fmt.Fprint(cmd.ErrOrStderr(), question+" [y/N] ")
	answer, err := bufio.NewReader(cmd.InOrStdin()).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the answer: %w", err)
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return nil
	}
	return errors.New("nothing was done")
}
