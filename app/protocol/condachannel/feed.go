package condachannel

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// rss is a feed as RSS 2.0 has it.
type rss struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	PubDate     string    `xml:"pubDate,omitempty"` // when the newest file came
	Items       []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	Description string   `xml:"description"`
	Categories  []string `xml:"category"`
	GUID        rssGUID  `xml:"guid"`
	PubDate     string   `xml:"pubDate"`
}

// rssGUID tells a file from another of its name that came before it.
type rssGUID struct {
	IsPermaLink bool   `xml:"isPermaLink,attr"`
	Text        string `xml:",chardata"`
}

// serveFeed answers the newest files of a channel.
func (s *Surface) serveFeed(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	list, err := s.Registry.NewestFiles(r.Context(), actor, req.channel, req.indexLabel())
	if err != nil {
		return err
	}
	body, err := xml.MarshalIndent(feedOf(r.URL.Scheme+"://"+r.URL.Host, req.folder(), list), "", " ")
	if err != nil {
		return fmt.Errorf("write the feed of %s: %w", req.channel, err)
	}
	return s.serveMade(w, r, req, list, append([]byte(xml.Header), body...), "application/rss+xml; charset=utf-8")
}

// feedOf draws a listing; base is the address of the site.
func feedOf(base, folder string, list registry.ChannelListing) rss {
	c := rssChannel{
		Title: folder, Link: base + "/" + url.PathEscape(list.Account.Login), Description: "The newest files of " + folder + ".",
	}
	for i, f := range list.Files {
		if i == 0 {
			c.PubDate = rssDate(f.UploadedAt)
		}
		c.Items = append(c.Items, itemOf(c.Link, f))
	}
	return rss{Version: "2.0", Channel: c}
}

// itemOf draws a file. Its link is the package's page, which asks for a right of its
// own.
func itemOf(channel string, f model.File) rssItem {
	return rssItem{
		Title:       f.Package + " " + f.Version + " (" + f.Basename + ")",
		Link:        channel + "/packages/" + url.PathEscape(f.Package),
		Description: fmt.Sprintf("%s, %d bytes, sha256 %s", f.Type, f.Size, f.SHA256),
		Categories:  f.Labels,
		GUID:        rssGUID{Text: f.FullName() + "#" + f.SHA256},
		PubDate:     rssDate(f.UploadedAt),
	}
}

func rssDate(t time.Time) string { return t.UTC().Format(time.RFC1123Z) }
