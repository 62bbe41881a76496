package protocol

import (
	"cmp"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// UploadOf returns what the query and the headers of a request with one file say
// of it: labels, the type if the name does not tell, package and version if the file
// does not say them, the digest, and whether it replaces another of its name.
func UploadOf(r *http.Request, fileName string) (registry.Upload, error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return registry.Upload{}, model.Errorf(model.Invalid, "The address is malformed after the question mark.")
	}
	up := registry.Upload{
		FileName: fileName, Labels: query["label"], SHA256: cmp.Or(query.Get("sha256"), r.Header.Get("X-Checksum-Sha256")),
		Name: query.Get("package"), Version: query.Get("version"), Summary: query.Get("summary"),
	}
	if force := query.Get("force"); force != "" {
		if up.Replace, err = strconv.ParseBool(force); err != nil {
			return up, model.Errorf(model.Invalid, "force is true or false.")
		}
	}
	if t := query.Get("type"); t != "" {
		up.Type, err = model.ParsePackageType(t)
	}
	return up, err
}

// TakeFile publishes body as the one file that up tells of. Who may not write
// there, and what can be seen to be wrong, is refused before body is read. made is
// false when the file was there already.
func TakeFile(r *http.Request, reg *registry.Registry, actor model.Actor, channel string, up registry.Upload, body io.Reader) (f model.File, made bool, err error) {
	in, err := reg.Receive(r.Context(), actor, channel)
	if err != nil {
		return f, false, err
	}
	defer in.Close()
	if err := reg.CheckUpload(r.Context(), actor, channel, up); err != nil {
		return f, false, err
	}
	if _, err := in.ReadFrom(body); err != nil {
		return f, false, err
	}
	return reg.Publish(r.Context(), actor, channel, in, up)
}

// UploadStatus is that of an upload in one request which went through.
func UploadStatus(made bool) int {
	if made {
		return http.StatusCreated
	}
	return http.StatusOK
}

// UploadSentence says what became of an upload in one request which went through.
func UploadSentence(f model.File, made bool) string {
	if made {
		return "Published " + f.FullName() + "."
	}
	text := f.FullName() + " is there already, with the same bytes"
	if len(f.Labels) > 0 {
		text += ", on " + strings.Join(f.Labels, ", ")
	}
	if f.Yanked() {
		text += "; it is yanked"
	}
	return text + "."
}
