package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"vivarium/app/model"
	"vivarium/app/registry"
)

const createUserHelp = `Makes a user; --admin makes it an administrator of the site. The password is asked for
on the terminal, or read with --password-stdin, or chosen by --generate-password,
which prints it alone on stdout. It is never an argument. With --send-email the user
gets it by mail, and the first sign-in asks for another one.`

// userFlags are the flags of create-user.
type userFlags struct {
	username, email, name string
	admin, sendEmail      bool
	password              passwordFlags
}

func newCreateUser() *cobra.Command {
	var f userFlags
	cmd := &cobra.Command{
		Use: "create-user NAME --email ADDR", Short: firstSentence(createUserHelp), Long: createUserHelp,
		Args: func(_ *cobra.Command, args []string) error { return f.takeName(args) },
	}
	cmd.Flags().StringVar(&f.username, "username", "", "the user's name, instead of NAME")
	cmd.Flags().StringVar(&f.email, "email", "", "the user's e-mail address")
	cmd.Flags().StringVar(&f.name, "name", "", "the user's full name")
	cmd.Flags().BoolVar(&f.admin, "admin", false, "make an administrator of the site")
	cmd.Flags().BoolVar(&f.sendEmail, "send-email", false, "mail login address, username and password to the user, who then has to choose another")
	f.password.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return doing("creating user "+f.username, func(cmd *cobra.Command, _ []string) error { return createUser(cmd, f) })(cmd, nil)
	}
	return cmd
}

// takeName takes the name from the argument or from --username.
func (f *userFlags) takeName(args []string) error {
	switch {
	case len(args) > 1 || len(args) == 1 && f.username != "" && f.username != args[0]:
		return usagef("create-user makes one user; give one NAME")
	case len(args) == 1:
		f.username = args[0]
	case f.username == "":
		return usagef("create-user takes NAME; see app admin create-user --help")
	}
	return nil
}

func createUser(cmd *cobra.Command, f userFlags) error {
	if f.email == "" {
		return usagef("--email is missing")
	}
	loaded, err := loadConfig(cmd)
	if err != nil {
		return err
	}
	password, err := f.password.read(cmd, loaded.Password.MinLength)
	if err != nil {
		return err
	}
	done := fmt.Sprintf("created user %s", model.FoldLogin(f.username))
	err = asFirst(cmd, func(ctx context.Context, op operator) error {
		_, err := op.CreateUser(ctx, op.actor, registry.NewUser{
			Login: f.username, Email: f.email, Name: f.name, Password: password, Admin: f.admin, ByMail: f.sendEmail,
		})
		if err != nil || !f.sendEmail {
			return err
		}
		sent, err := op.SendGiven(ctx, f.username)
		done += mailed(sent)
		return err
	})
	if err != nil {
		return err
	}
	return f.password.report(cmd, password, done)
}

// mailed says what became of the mail to a new user.
func mailed(sent bool) string {
	if sent {
		return " and mailed the password"
	}
	return "; the mail server does not take the mail now, so app serve will send it later"
}

const setPasswordHelp = `Gives a user a new password and ends all sessions of the user. The password is asked for
on the terminal, or read with --password-stdin, or chosen by --generate-password,
which prints it alone on stdout.`

func newSetPassword() *cobra.Command {
	var flags passwordFlags
	cmd := &cobra.Command{Use: "set-password NAME", Short: firstSentence(setPasswordHelp), Long: setPasswordHelp, Args: wants("NAME")}
	flags.add(cmd)
	cmd.RunE = doing("setting the password of", func(cmd *cobra.Command, args []string) error {
		loaded, err := loadConfig(cmd)
		if err != nil {
			return err
		}
		password, err := flags.read(cmd, loaded.Password.MinLength)
		if err != nil {
			return err
		}
		err = asOperator(cmd, func(ctx context.Context, op operator) error {
			return op.SetPassword(ctx, op.actor, args[0], password)
		})
		if err != nil {
			return err
		}
		return flags.report(cmd, password, "set the password of "+args[0])
	})
	return cmd
}
