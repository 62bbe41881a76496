package views

import (
	"math"
	"net/http"
	"strconv"
	"time"

	"vivarium/app/model"
)

// ErrorProps is a page that says why there is no other.
type ErrorProps struct {
	Layout LayoutProps
	Status int
	// Message is the sentence for people. A page that does not exist has none of
	// its own: hidden and absent look alike.
	Message string
	// Lacking is the level that is not enough, if that is what is wrong.
	Lacking *Lacking
	// Wait is how long to wait before another try, or 0.
	Wait time.Duration
	// RequestID finds the failure in the log.
	RequestID string
}

// Lacking is a level on a package that does not reach as far as what was asked for.
type Lacking struct {
	Owner, Name string
	Has, Needs  model.Permission
}

// Sentence says which level was needed, and which there is.
func (l Lacking) Sentence() string {
	return "This needs " + PermissionWord(l.Needs) + " on " + l.Name + ". You have " + PermissionWord(l.Has) + "."
}

func (l Lacking) heading() string {
	verbs := map[model.Permission]string{model.Read: "read", model.Write: "change", model.Admin: "administer"}
	return "Your account may " + verbs[l.Has] + " this, not " + verbs[l.Needs] + " it"
}

var errorHeadings = map[int]string{
	http.StatusForbidden:             "You may not do this",
	http.StatusNotFound:              "There is nothing to see here",
	http.StatusMethodNotAllowed:      "This page takes no such request",
	http.StatusConflict:              "This does not go together",
	http.StatusGone:                  "This link no longer works",
	http.StatusRequestEntityTooLarge: "This is too large",
	http.StatusMisdirectedRequest:    "This site has another address",
	http.StatusUnprocessableEntity:   "Something is not right yet",
	http.StatusTooManyRequests:       "A little too fast",
	http.StatusInternalServerError:   "Something went wrong here",
	http.StatusServiceUnavailable:    "Nothing can be changed just now",
	http.StatusInsufficientStorage:   "There is no room left",
}

// Heading returns the page's heading, which is also its title.
func (p ErrorProps) Heading() string {
	if p.Lacking != nil {
		return p.Lacking.heading()
	}
	if h, ok := errorHeadings[p.Status]; ok {
		return h
	}
	return "Something went wrong here"
}

// Sentence returns what is said under the heading.
func (p ErrorProps) Sentence() string {
	if p.Status == http.StatusNotFound {
		return "The address may be mistyped, the item may be gone, or it may be one that you may not see. We answer the same in all three cases."
	}
	return p.Message
}

func (p ErrorProps) code() string { return strconv.Itoa(p.Status) }

// wait says how long to wait in the largest unit that fits.
func (p ErrorProps) wait() string {
	if p.Wait >= 2*time.Minute {
		return plural(int(math.Ceil(p.Wait.Minutes())), "minute", "minutes")
	}
	return plural(int(math.Ceil(p.Wait.Seconds())), "second", "seconds")
}

func (p ErrorProps) retryAt() time.Time { return p.Layout.Now.Add(p.Wait) }
