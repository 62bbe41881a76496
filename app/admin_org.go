package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"vivarium/app/model"
	"vivarium/app/registry"
)

const createOrgHelp = `Makes an organization. Its owner is the first member of its Owners group and may do
everything in it.`

func newCreateOrg() *cobra.Command {
	var in registry.NewOrganization
	cmd := &cobra.Command{Use: "create-org NAME --owner USER", Short: firstSentence(createOrgHelp), Long: createOrgHelp, Args: wants("NAME")}
	cmd.Flags().StringVar(&in.Owner, "owner", "", "the user who owns it")
	cmd.Flags().StringVar(&in.Email, "email", "", "an e-mail address of the organization")
	cmd.RunE = doing("creating organization", func(cmd *cobra.Command, args []string) error {
		if in.Owner == "" {
			return usagef("--owner is missing")
		}
		in.Login = args[0]
		err := asOperator(cmd, func(ctx context.Context, op operator) error {
			_, err := op.CreateOrganization(ctx, op.actor, in)
			return err
		})
		if err != nil {
			return err
		}
		return say(cmd, "created organization %s", model.FoldLogin(args[0]))
	})
	return cmd
}

const listOrgsHelp = `Lists all organizations.`

// orgRow is an organization in a listing.
type orgRow struct {
	Name      string    `json:"name"`
	FullName  string    `json:"full_name"`
	Email     string    `json:"email"`
	CreatedAt time.Time `json:"created_at"`
}

func (o orgRow) cells() []string { return []string{o.Name, dash(o.Email), day(o.CreatedAt)} }

func newListOrgs() *cobra.Command {
	return newListing("list-orgs", listOrgsHelp, "listing organizations", wants(), []string{"NAME", "EMAIL", "CREATED"},
		func(ctx context.Context, op operator, _ []string) ([]orgRow, error) {
			orgs, err := op.Organizations(ctx, op.actor)
			return rows(orgs, func(a model.Account) orgRow {
				return orgRow{Name: a.Login, FullName: a.Name, Email: a.Email, CreatedAt: a.CreatedAt}
			}), err
		})
}
