package model

// ProjectStatus is the state of a project (PEP 792).
type ProjectStatus string

// The statuses.
const (
	Active      ProjectStatus = "active"
	Archived    ProjectStatus = "archived"    // not expected to change any more
	Deprecated  ProjectStatus = "deprecated"  // something else is to be used
	Quarantined ProjectStatus = "quarantined" // held back as unsafe
)

// ParseProjectStatus returns the status named s, or an Invalid error that lists
// the words.
func ParseProjectStatus(s string) (ProjectStatus, error) {
	switch status := ProjectStatus(s); status {
	case Active, Archived, Deprecated, Quarantined:
		return status, nil
	}
	return "", FieldErrorf("status", "A status is active, archived, deprecated or quarantined, not %s.", quoteShort(s))
}
