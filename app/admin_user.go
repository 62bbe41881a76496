package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"vivarium/app/model"
)

// userCommands are the commands that do one thing to one user.
func userCommands() []*cobra.Command {
	return []*cobra.Command{
		userCommand("disable-user", "disabling user", "disabled",
			"Disables a user: sessions end, tokens and passwords are refused at once. Packages stay\nwhere they are. enable-user takes it back.",
			func(ctx context.Context, op operator, login string) error {
				return op.SetDisabled(ctx, op.actor, login, true)
			}),
		userCommand("enable-user", "enabling user", "enabled",
			"Takes disable-user back: the user can sign in again, and tokens that have not expired\nwork again.",
			func(ctx context.Context, op operator, login string) error {
				return op.SetDisabled(ctx, op.actor, login, false)
			}),
		userCommand("grant-admin", "making an administrator of", "made an administrator of",
			"Makes a user an administrator of the site.",
			func(ctx context.Context, op operator, login string) error {
				return op.SetAdmin(ctx, op.actor, login, true)
			}),
		userCommand("revoke-admin", "taking administration from", "took administration from",
			"Makes an administrator of the site an ordinary user again.",
			func(ctx context.Context, op operator, login string) error {
				return op.SetAdmin(ctx, op.actor, login, false)
			}),
	}
}

func userCommand(use, what, done, help string, do func(context.Context, operator, string) error) *cobra.Command {
	return &cobra.Command{
		Use: use + " NAME", Short: firstSentence(help), Long: help, Args: wants("NAME"),
		RunE: doing(what, func(cmd *cobra.Command, args []string) error {
			err := asOperator(cmd, func(ctx context.Context, op operator) error { return do(ctx, op, args[0]) })
			if err != nil {
				return err
			}
			return say(cmd, "%s %s", done, args[0])
		}),
	}
}

const renameHelp = `Gives a user another name. The channel and its packages move with it; the old name
stays reserved, so that nobody can stand in for the user.`

func newRenameUser() *cobra.Command {
	return &cobra.Command{
		Use: "rename-user OLD NEW", Short: firstSentence(renameHelp), Long: renameHelp, Args: wants("OLD", "NEW"),
		RunE: doing("renaming user", func(cmd *cobra.Command, args []string) error {
			err := asOperator(cmd, func(ctx context.Context, op operator) error {
				return op.RenameUser(ctx, op.actor, args[0], args[1])
			})
			if err != nil {
				return err
			}
			return say(cmd, "renamed user %s to %s", args[0], args[1])
		}),
	}
}

const deleteHelp = `Deletes a user with all packages and tokens; there is no way back. On a terminal it
asks first, unless --yes is given; without one it does not ask, because a script means
what it says. The name stays reserved. A user who is the only owner of an organization
cannot be deleted.`

func newDeleteUser() *cobra.Command {
	cmd := &cobra.Command{Use: "delete-user NAME", Short: firstSentence(deleteHelp), Long: deleteHelp, Args: wants("NAME")}
	yes := cmd.Flags().Bool("yes", false, "do not ask")
	cmd.RunE = doing("deleting user", func(cmd *cobra.Command, args []string) error {
		if !*yes {
			if err := confirm(cmd, "Delete the user "+args[0]+" with all packages and tokens?"); err != nil {
				return err
			}
		}
		err := asOperator(cmd, func(ctx context.Context, op operator) error { return op.DeleteUser(ctx, op.actor, args[0]) })
		if err != nil {
			return err
		}
		return say(cmd, "deleted user %s", args[0])
	})
	return cmd
}

const listUsersHelp = `Lists all users with their e-mail address.`

// userRow is a user in a listing.
type userRow struct {
	Name      string    `json:"name"`
	FullName  string    `json:"full_name"`
	Email     string    `json:"email"`
	Admin     bool      `json:"admin"`
	Disabled  bool      `json:"disabled"`
	CreatedAt time.Time `json:"created_at"`
}

func (u userRow) cells() []string {
	return []string{u.Name, u.Email, dash(u.FullName), mark(u.Admin, "admin"), mark(u.Disabled, "disabled"), day(u.CreatedAt)}
}

func newListUsers() *cobra.Command {
	return newListing("list-users", listUsersHelp, "listing users", wants(),
		[]string{"NAME", "EMAIL", "FULL NAME", "ADMIN", "DISABLED", "CREATED"},
		func(ctx context.Context, op operator, _ []string) ([]userRow, error) {
			users, err := op.Users(ctx, op.actor)
			return rows(users, func(a model.Account) userRow {
				return userRow{Name: a.Login, FullName: a.Name, Email: a.Email, Admin: a.IsAdmin, Disabled: a.Disabled, CreatedAt: a.CreatedAt}
			}), err
		})
}

// say prints what was done.
func say(cmd *cobra.Command, format string, args ...any) error {
	_, err := fmt.Fprintf(cmd.OutOrStdout(), format+"\n", args...)
	return err
}
