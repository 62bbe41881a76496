package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

const resetLinkHelp = `Prints a link with which a user chooses a new password, to be handed over. It works
once, within password.reset_lifetime, and ends links made before.`

func newResetLink() *cobra.Command {
	return &cobra.Command{
		Use: "reset-link NAME", Short: firstSentence(resetLinkHelp), Long: resetLinkHelp, Args: wants("NAME"),
		RunE: doing("making a reset link for", func(cmd *cobra.Command, args []string) error {
			return asOperator(cmd, func(ctx context.Context, op operator) error {
				url, err := op.NewResetLink(ctx, op.actor, args[0])
				if err != nil {
					return err
				}
				if op.config.PublicURL == "" {
					if _, err := fmt.Fprintln(cmd.ErrOrStderr(), "public_url is not set: put the server's address into the link if people type another one"); err != nil {
						return err
					}
				}
				return say(cmd, "%s", url)
			})
		}),
	}
}
