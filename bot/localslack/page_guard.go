package localslack

import (
	"net"
	"net/http"
	"strings"
)

// Whoever reaches the page can be anybody in the workspace, so it answers
// people at this machine alone. Loopback keeps other machines out, but not the
// other pages open in the same browser: a name that points here is refused by
// its Host, and what another page sends by its Origin or, where a browser
// leaves that out, by Sec-Fetch-Site.

// slackOrigin is what Slack's client libraries say they are on a Socket Mode
// connection; the ticket in the address is what lets them in.
const slackOrigin = "https://api.slack.com"

// policy is the page's Content-Security-Policy: its own files and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		switch {
		case !loopbackName(r.Host):
			http.Error(rw, "This answers on loopback addresses only.", http.StatusMisdirectedRequest)
			return
		case foreign(r):
			http.Error(rw, "This does not answer other sites.", http.StatusForbidden)
			return
		}
		h := rw.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Frame-Options", "DENY")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(rw, r)
	})
}

// loopbackName reports whether a Host header names this machine itself. The
// port is not looked at: it may be forwarded.
func loopbackName(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// foreign reports whether another site's page is behind a request.
func foreign(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" && !strings.EqualFold(origin, "http://"+r.Host) {
		return origin != slackOrigin || !strings.HasPrefix(r.URL.Path, "/link/")
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return false
	}
	// Following a link to the page is fine: nothing comes back to where it was.
	link := r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
	return !link
}
