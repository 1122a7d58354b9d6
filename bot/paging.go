package bot

import (
	"net/url"
	"slices"
	"strconv"
)

// leaf is one page of a long list: the items from one index up to another. Which
// page it is travels in the buttons, so that a list is turned for as long as its
// message exists and nothing remembers who reads what.
type leaf struct {
	page, pages int // page counts from 0
	from, to    int
}

// turnedTo is a page of n items; one that no longer exists is the nearest.
func turnedTo(page, n, size int) leaf {
	pages := max(1, (n+size-1)/size)
	page = min(max(page, 0), pages-1)
	return leaf{page: page, pages: pages, from: page * size, to: min(n, (page+1)*size)}
}

// turning is the row that turns the pages of a list; shows is the action that
// shows it. A single page has none.
func turning(list string, s leaf, shows action) []part {
	if s.pages == 1 {
		return nil
	}
	to := func(label string, page int) button {
		if page < 0 || page >= s.pages {
			return button{}
		}
		return button{label: label, does: shows.at(page)}
	}
	where := "Page " + strconv.Itoa(s.page+1) + " of " + strconv.Itoa(s.pages)
	return []part{aside(where), buttons(list, to("Back", s.page-1), to("More", s.page+1))}
}

// at is the action on a page of what it shows.
func (a action) at(page int) action { return a.and("page", strconv.Itoa(page)) }

// and is the action with one more thing said.
func (a action) and(name, value string) action {
	about := url.Values{}
	for key, values := range a.about {
		about[key] = slices.Clone(values)
	}
	about.Set(name, value)
	a.about = about
	return a
}
