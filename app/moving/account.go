package moving

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// Account is an account of another server with its channel.
type Account struct {
	Login, Name, Email, Description string
	Kind                            model.AccountKind
	Groups                          []Group
	Channel                         Channel
}

// Group is a group of an organization; Packages are the names of those that it is
// attached to.
type Group struct {
	Name              string
	Permission        model.Permission
	Members, Packages []string
}

// login is what an account of the source is called here.
func (v *Van) login(there string) string {
	if name, ok := v.Renamed[model.FoldLogin(there)]; ok {
		return name
	}
	return model.FoldLogin(there)
}

// MoveSite brings all accounts of another server: people first, then organizations,
// then what is in their channels, then the groups. An account that cannot be made
// has its reason on its sheet, and its channel stays there.
func (v *Van) MoveSite(ctx context.Context, accounts []Account) ([]*Sheet, error) {
	slices.SortStableFunc(accounts, func(a, b Account) int { return strings.Compare(string(b.Kind), string(a.Kind)) }) // user before org
	sheets, settled := make([]*Sheet, len(accounts)), make([]bool, len(accounts))
	for i, a := range accounts {
		sheets[i] = newSheet(v.login(a.Login), a.Channel.From)
		made, err := v.settle(ctx, a)
		if err != nil {
			sheets[i].problem("account "+a.Login, err)
		}
		sheets[i].AccountMade, settled[i] = made, err == nil
	}
	for i, a := range accounts {
		if !settled[i] {
			continue
		}
		if err := v.moveInto(ctx, a.Channel, sheets[i]); err != nil {
			return sheets, err
		}
	}
	for i, a := range accounts {
		if settled[i] {
			v.group(ctx, a, sheets[i])
		}
	}
	return sheets, ctx.Err()
}

// settle finds the account here or makes it.
func (v *Van) settle(ctx context.Context, a Account) (made bool, err error) {
	login := v.login(a.Login)
	have, err := v.Account(ctx, v.Actor, login)
	switch {
	case err == nil && have.Kind != a.Kind:
		return false, model.Errorf(model.Conflict, "%s is a user in one place and an organization in the other. Give it another name here (--rename).", login)
	case err == nil:
		return false, nil
	case model.CodeOf(err) != model.NotFound:
		return false, err
	case a.Kind == model.Organization:
		return v.makeOrganization(ctx, login, a)
	}
	return v.makeUser(ctx, login, a)
}

// makeUser makes a user whose password nobody knows: dumps hold none.
func (v *Van) makeUser(ctx context.Context, login string, a Account) (bool, error) {
	if a.Email == "" {
		return false, model.Errorf(model.Invalid, "The source says no e-mail address. Make the user with `app admin create-user %s --email ADDR`, and begin again.", login)
	}
	password := rand.Text() + rand.Text()
	_, err := v.CreateUser(ctx, v.Actor, registry.NewUser{Login: login, Email: a.Email, Name: a.Name, Password: password})
	return err == nil, err
}

// makeOrganization makes an organization that its first owner owns who is here.
func (v *Van) makeOrganization(ctx context.Context, login string, a Account) (bool, error) {
	owner := v.Owner
	for _, g := range a.Groups {
		if !strings.EqualFold(g.Name, model.OwnersGroup) {
			continue
		}
		for _, member := range slices.Backward(g.Members) {
			if u, err := v.Account(ctx, v.Actor, v.login(member)); err == nil && !u.IsOrganization() {
				owner = u.Login
			}
		}
	}
	if owner == "" {
		return false, model.Errorf(model.Invalid, "None of its owners is here. Say with --owner who shall own such organizations.")
	}
	_, err := v.CreateOrganization(ctx, v.Actor, registry.NewOrganization{Login: login, Email: a.Email, Name: a.Name, Description: a.Description, Owner: owner})
	return err == nil, err
}

// group makes the groups, and puts in who and what belongs there. Whoever is in one
// already stays.
func (v *Van) group(ctx context.Context, a Account, sheet *Sheet) {
	org := v.login(a.Login)
	for _, g := range a.Groups {
		name := "group " + a.Login + "/" + g.Name
		_, err := v.Group(ctx, v.Actor, org, g.Name)
		if model.CodeOf(err) == model.NotFound {
			_, err = v.CreateGroup(ctx, v.Actor, org, registry.NewGroup{Name: g.Name, Permission: g.Permission})
		}
		if err != nil {
			sheet.problem(name, err)
			continue
		}
		sheet.Groups++
		for _, member := range g.Members {
			if err := v.AddGroupMember(ctx, v.Actor, org, g.Name, v.login(member)); err != nil {
				sheet.problem(name+": "+member, err)
			}
		}
		if strings.EqualFold(g.Name, model.OwnersGroup) { // reach every package
			continue
		}
		for _, pkg := range g.Packages {
			if err := v.AttachPackage(ctx, v.Actor, org, g.Name, pkg); err != nil {
				sheet.problem(name+": "+pkg, err)
			}
		}
	}
	sheet.sort()
}
