// Command naamloos takes chat transcripts and gives them back without the
// people in them.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv)) }
