package store

import "time"

// Moods are how the founder said it went, by day.
func (b *Book) Moods() ([]Mood, error) {
	all, err := b.rows.Moods()
	return overlay(all, b.out.Moods, func(m Mood) Day { return m.Day }, func(Mood) bool { return true }), err
}

// SetMood notes how it is going today, in place of what was said before today.
func (b *Book) SetMood(level int) (Mood, error) {
	m := Mood{Day: b.Today(), Level: level, At: b.Now}
	if err := m.Validate(); err != nil {
		return m, err
	}
	b.out.Moods[m.Day] = &m
	return m, nil
}

// ForgetMoods removes every mood, and says how many there were.
func (b *Book) ForgetMoods() (int, error) {
	all, err := b.Moods()
	for _, m := range all {
		b.out.Moods[m.Day] = nil
	}
	return len(all), err
}

// Lines are the coach lines the founder was put, by id; old ones are forgotten.
func (b *Book) Lines() ([]Line, error) {
	all, err := b.rows.Lines()
	return overlay(all, b.out.Lines, func(l Line) ID { return l.ID }, func(Line) bool { return true }), err
}

// Line is a coach line by its id.
func (b *Book) Line(id ID) (Line, error) { return lookup(b.out.Lines, id, b.rows.Line) }

// LinesKept is how long a line is remembered: longer than any rule looks back.
const LinesKept = 180 * 24 * time.Hour

// Say notes a line that is put to the founder now, and forgets those of long ago.
func (b *Book) Say(l Line) (Line, error) {
	all, err := b.Lines()
	if err != nil {
		return l, err
	}
	for _, old := range all {
		if b.Now.Sub(old.At) > LinesKept {
			b.out.Lines[old.ID] = nil
		}
	}
	if l.ID, err = b.rows.NextID(); err != nil {
		return l, err
	}
	l.Day, l.At = b.Today(), b.Now
	if err := l.Validate(); err != nil {
		return l, err
	}
	b.out.Lines[l.ID] = &l
	return l, nil
}

// AnswerLine notes which button of a line was pressed; the first stays the answer.
func (b *Book) AnswerLine(id ID, answer string) (Line, error) {
	l, err := b.Line(id)
	if err != nil || l.Answer != "" {
		return l, err
	}
	l.Answer, l.AnsweredAt = answer, b.Now
	b.out.Lines[id] = &l
	return l, nil
}
