package views

// PhotoForm is the picture of an account and the form for another.
type PhotoForm struct {
	Account Account
	// Gravatar says that this site fetches the pictures of addresses.
	Gravatar bool
	Problem  string
}

func (f PhotoForm) hint() string {
	const kinds = "PNG, JPEG or WebP, up to 5 MB. Scaled to 512 × 512 px; place and camera data are taken out."
	if f.Gravatar {
		return kinds + " Without one, the photo of your address at Gravatar is shown, fetched by this server, never by your visitors."
	}
	return kinds + " Without one, the picture is drawn from the name."
}
