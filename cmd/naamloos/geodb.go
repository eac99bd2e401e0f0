package main

import (
	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/geo"
)

// openGeo opens the database of --geo-db; without one there is no geography.
func openGeo(path string) (anonymize.Locator, func(), error) {
	if path == "" {
		return nil, func() {}, nil
	}
	db, err := geo.Open(path)
	if err != nil {
		return nil, nil, err
	}
	return db, func() { _ = db.Close() }, nil // nothing was written to it
}
