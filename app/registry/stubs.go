package registry

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"vivarium/app/model"
)

// TEMPORARY: signatures that the surfaces build against while bodies are written.
var errTODO = errors.New("not built yet")

type passwordMemory struct{}
type attemptLimiter struct{}

// ---- accounts

type SignUp struct {
	Login, Email, Password, Confirm string
	AcceptTerms                     bool
}

// SignUp: closed sign-up -> Forbidden; problems -> errors.Join of FieldErrorf with fields username, email, password, confirm, terms.
func (r *Registry) SignUp(ctx context.Context, actor model.Actor, in SignUp) (model.Account, error) {
	return model.Account{}, errTODO
}

type NewUser struct {
	Login, Email, Name, Password string
	Admin                        bool
}

func (r *Registry) CreateUser(ctx context.Context, actor model.Actor, in NewUser) (model.Account, error) {
	return model.Account{}, errTODO
}
func (r *Registry) Users(ctx context.Context, actor model.Actor) ([]model.Account, error) {
	return nil, errTODO
}
func (r *Registry) SetDisabled(ctx context.Context, actor model.Actor, login string, disabled bool) error {
	return errTODO
}
func (r *Registry) DeleteUser(ctx context.Context, actor model.Actor, login string) error {
	return errTODO
}
func (r *Registry) RenameUser(ctx context.Context, actor model.Actor, from, to string) error {
	return errTODO
}

// SetPassword is the operator's; ChangePassword is the person's own.
func (r *Registry) SetPassword(ctx context.Context, actor model.Actor, login, password string) error {
	return errTODO
}
func (r *Registry) ChangePassword(ctx context.Context, actor model.Actor, current, password, confirm string) error {
	return errTODO
}
func (r *Registry) SetAdmin(ctx context.Context, actor model.Actor, login string, admin bool) error {
	return errTODO
}
func (r *Registry) HasAdministrator(ctx context.Context) (bool, error) { return false, errTODO }

type NewOrganization struct{ Login, Email, Name, Description, Owner string }

// CreateOrganization: Owner empty means the actor.
func (r *Registry) CreateOrganization(ctx context.Context, actor model.Actor, in NewOrganization) (model.Account, error) {
	return model.Account{}, errTODO
}
func (r *Registry) Organizations(ctx context.Context, actor model.Actor) ([]model.Account, error) {
	return nil, errTODO
}

// OrganizationsOf lists the organizations in which login is a member.
func (r *Registry) OrganizationsOf(ctx context.Context, actor model.Actor, login string) ([]model.Account, error) {
	return nil, errTODO
}

// OwnedBy lists the organizations whose Owners the actor's user is in: it may act as them.
func (r *Registry) OwnedBy(ctx context.Context, actor model.Actor) ([]model.Account, error) {
	return nil, errTODO
}
func (r *Registry) Memberships(ctx context.Context, actor model.Actor) ([]model.Membership, error) {
	return nil, errTODO
}
func (r *Registry) Account(ctx context.Context, actor model.Actor, login string) (model.Account, error) {
	return model.Account{}, errTODO
}

type Profile struct{ Name, Description, Company, Location, URL string }

func (r *Registry) UpdateProfile(ctx context.Context, actor model.Actor, in Profile) error {
	return errTODO
}

// MayManage: is the actor admin of that account (its tokens, settings)?
func (r *Registry) MayManage(ctx context.Context, actor model.Actor, login string) (bool, error) {
	return false, errTODO
}

// ---- signing in

// SignIn checks a login (or e-mail) and password for a browser session. Wrong -> Invalid; too many tries -> TooMany.
func (r *Registry) SignIn(ctx context.Context, from model.Actor, name, password string) (model.Account, error) {
	return model.Account{}, errTODO
}

// SessionActor is who a browser session acts as now; acting is the login of an organization or empty. Unauthenticated when the session is dead.
func (r *Registry) SessionActor(ctx context.Context, userID, authVersion int64, acting string) (model.Actor, error) {
	return model.Actor{}, errTODO
}

// Authenticate resolves what a program sent; a zero credential is the anonymous actor. The caller fills Door, RemoteAddr, Client of `from`.
func (r *Registry) Authenticate(ctx context.Context, from model.Actor, c model.Credential) (model.Actor, error) {
	return from, errTODO
}

// ---- tokens

type NewToken struct {
	Name     string
	Scopes   []string      // empty: all
	Lifetime time.Duration // 0: the default; Forever below
	Forever  bool          // no expiry (when the policy allows)
	Weak     bool
	NoteURL  string
	Hostname string
	// Replace ends a token of the same name instead of failing with Conflict.
	Replace bool
}

// CreateToken makes a token for owner (a user: must be the actor; an organization: the actor must own it). Answers the secret once.
func (r *Registry) CreateToken(ctx context.Context, actor model.Actor, owner string, in NewToken) (string, model.Token, error) {
	return "", model.Token{}, errTODO
}
func (r *Registry) Tokens(ctx context.Context, actor model.Actor, owner string) ([]model.Token, error) {
	return nil, errTODO
}
func (r *Registry) RevokeToken(ctx context.Context, actor model.Actor, owner, name string) error {
	return errTODO
}

// TokenByID and RevokeTokenByID look within owner's tokens only.
func (r *Registry) TokenByID(ctx context.Context, actor model.Actor, owner string, id int64) (model.Token, error) {
	return model.Token{}, errTODO
}
func (r *Registry) RevokeTokenByID(ctx context.Context, actor model.Actor, owner string, id int64) error {
	return errTODO
}

// CurrentToken is the token the actor came with; EndToken ends it.
func (r *Registry) CurrentToken(ctx context.Context, actor model.Actor) (model.Token, error) {
	return model.Token{}, errTODO
}
func (r *Registry) EndToken(ctx context.Context, actor model.Actor) error { return errTODO }

// ---- packages

type PackageFilter struct {
	Owner    string            // login; empty: every account
	Type     model.PackageType // empty: any
	Access   model.Access      // empty: any the actor may see
	Platform string            // subdir; empty: any
	Query    string            // words in name, summary
	Limit    int               // 0: all
	Offset   int
	Newest   bool // newest first; otherwise by name
}

// Packages lists what the actor may see; total counts without Limit.
func (r *Registry) Packages(ctx context.Context, actor model.Actor, f PackageFilter) (list []model.Package, total int, err error) {
	return nil, 0, errTODO
}

// SiteCounts counts what anyone sees: packages, files, notebooks, environments.
type SiteCounts struct{ Packages, Files, Notebooks, Environments int }

func (r *Registry) SiteCounts(ctx context.Context) (SiteCounts, error) { return SiteCounts{}, errTODO }

// PackageDetail is a package with all that its page and API answer show.
type PackageDetail struct {
	model.Package
	Account    model.Account
	Releases   []ReleaseDetail  // ascending by version
	Permission model.Permission // what the actor may do to it
}

// ReleaseDetail is a release with its files, newest file last.
type ReleaseDetail struct {
	model.Release
	Files []model.File
}

func (r *Registry) Package(ctx context.Context, actor model.Actor, owner, name string) (PackageDetail, error) {
	return PackageDetail{}, errTODO
}

// PackageChange has nil for what stays.
type PackageChange struct {
	Access        *model.Access
	Types         []model.PackageType
	Summary       *string
	Description   *string
	License       *string
	LicenseURL    *string
	LicenseFamily *string
	Home          *string
	DevURL        *string
	DocURL        *string
	SourceURL     *string
}

// CreatePackage: Conflict when it exists.
func (r *Registry) CreatePackage(ctx context.Context, actor model.Actor, owner, name string, in PackageChange) (PackageDetail, error) {
	return PackageDetail{}, errTODO
}
func (r *Registry) UpdatePackage(ctx context.Context, actor model.Actor, owner, name string, in PackageChange) (PackageDetail, error) {
	return PackageDetail{}, errTODO
}
func (r *Registry) DeletePackage(ctx context.Context, actor model.Actor, owner, name string) error {
	return errTODO
}

type ReleaseChange struct {
	Description  *string
	Announce     *string
	Attrs        []byte // JSON object; nil stays; merged into what is there
	Requirements []byte // JSON
}

func (r *Registry) Release(ctx context.Context, actor model.Actor, owner, name, version string) (PackageDetail, ReleaseDetail, error) {
	return PackageDetail{}, ReleaseDetail{}, errTODO
}
func (r *Registry) CreateRelease(ctx context.Context, actor model.Actor, owner, name, version string, in ReleaseChange) (ReleaseDetail, error) {
	return ReleaseDetail{}, errTODO
}
func (r *Registry) UpdateRelease(ctx context.Context, actor model.Actor, owner, name, version string, in ReleaseChange) (ReleaseDetail, error) {
	return ReleaseDetail{}, errTODO
}
func (r *Registry) DeleteRelease(ctx context.Context, actor model.Actor, owner, name, version string) error {
	return errTODO
}
func (r *Registry) File(ctx context.Context, actor model.Actor, owner, name, version, basename string) (model.File, error) {
	return model.File{}, errTODO
}
func (r *Registry) DeleteFile(ctx context.Context, actor model.Actor, owner, name, version, basename string) (model.File, error) {
	return model.File{}, errTODO
}

// OpenedFile is a file's row and its open bytes. Private: no shared cache may keep it.
type OpenedFile struct {
	model.File
	Bytes   *os.File
	Private bool
}

func (r *Registry) OpenFile(ctx context.Context, actor model.Actor, owner, name, version, basename string) (OpenedFile, error) {
	return OpenedFile{}, errTODO
}

// ---- uploads

type StageRequest struct {
	Owner, Package, Version, Basename string
	Type                              model.PackageType
	Description                       string
	Attrs, Dependencies               []byte // JSON, may be nil
	Labels                            []string
	SHA256                            string // hex; empty: not announced
}

// Staged is the ticket for the second step.
type Staged struct{ DistID, Ticket string }

func (r *Registry) StageFile(ctx context.Context, actor model.Actor, in StageRequest) (Staged, error) {
	return Staged{}, errTODO
}

// StoreFile takes the bytes of a staged file. md5 (raw 16 bytes) and size are what the client declared; nil and -1 when it did not.
// Wrong digest -> ErrDigest; over the limit -> TooLarge; unknown ticket -> Forbidden.
func (r *Registry) StoreFile(ctx context.Context, ticket string, md5 []byte, size int64, body io.Reader) error {
	return errTODO
}
func (r *Registry) CommitFile(ctx context.Context, actor model.Actor, owner, name, version, basename, distID string) (model.File, error) {
	return model.File{}, errTODO
}

// ErrDigest is the cause (errors.Is) of an Invalid error for bytes that differ from what was announced.
var ErrDigest = errors.New("digest differs")

// ---- labels

func (r *Registry) Labels(ctx context.Context, actor model.Actor, owner string) ([]model.Label, error) {
	return nil, errTODO
}
func (r *Registry) LabelFiles(ctx context.Context, actor model.Actor, owner, label string) (model.Label, []model.File, error) {
	return model.Label{}, nil, errTODO
}

// ---- conda channels

func (r *Registry) OpenIndex(ctx context.Context, actor model.Actor, channel, label, subdir string, f model.IndexFormat) (model.Document, error) {
	return model.Document{}, errTODO
}
func (r *Registry) OpenShard(ctx context.Context, actor model.Actor, channel, label, subdir, sha256 string) (model.Document, error) {
	return model.Document{}, errTODO
}

// OpenCondaFile: label empty means any file of the channel.
func (r *Registry) OpenCondaFile(ctx context.Context, actor model.Actor, channel, label, subdir, file string) (OpenedFile, error) {
	return OpenedFile{}, errTODO
}

// CheckChannel answers how a request for something absent in channel is refused: nil when the actor may see the channel at all.
func (r *Registry) CheckChannel(ctx context.Context, actor model.Actor, channel string) error {
	return errTODO
}

// ---- operations

type Collected struct {
	Blobs, Stages, Sessions, Temporary int
	Bytes                              int64
}

// CollectGarbage removes what nothing refers to and is older than grace.
func (r *Registry) CollectGarbage(ctx context.Context, actor model.Actor, grace time.Duration) (Collected, error) {
	return Collected{}, errTODO
}

// Ready: can the database be read and the data folder written?
func (r *Registry) Ready(ctx context.Context) error { return errTODO }
