package views

// BackToTerminalProps is the page at which a program's login leaves the browser.
type BackToTerminalProps struct{ Layout LayoutProps }

// OpenIDURL is where anaconda-client's login goes in the browser, and then for its
// token.
func OpenIDURL() string { return "/account/openid" }
