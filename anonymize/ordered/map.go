// Package ordered runs a function over a stream on several goroutines and
// gives the results in the order of the stream, with bounded memory.
package ordered

import (
	"iter"
	"runtime"
	"sync"
)

type job[T, R any] struct {
	in   T
	out  R
	done chan struct{}
}

// Map yields f of each element of in, in order. At most 3 elements a worker are
// held at a time. workers of 0 means one a processor. f must not panic.
// When the consumer stops, Map returns after the running calls have ended. On
// one processor, where goroutines would only wait for each other, it makes none.
func Map[T, R any](in iter.Seq[T], workers int, f func(T) R) iter.Seq[R] {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	if runtime.GOMAXPROCS(0) == 1 {
		return inTurn(in, f)
	}
	return func(yield func(R) bool) {
		stop, todo, queue := make(chan struct{}), make(chan *job[T, R]), make(chan *job[T, R], 2*workers)
		var running sync.WaitGroup
		defer running.Wait()
		defer close(stop)
		for range workers {
			running.Go(func() {
				for j := range todo {
					j.out = f(j.in)
					close(j.done)
				}
			})
		}
		running.Go(func() { feed(in, todo, queue, stop) })
		for j := range queue {
			<-j.done
			if !yield(j.out) {
				return
			}
		}
	}
}

// inTurn yields f of each element of in, one after the other.
func inTurn[T, R any](in iter.Seq[T], f func(T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		for v := range in {
			if !yield(f(v)) {
				return
			}
		}
	}
}

// feed hands elements to the workers and puts them in the queue, until in ends
// or stop is closed.
func feed[T, R any](in iter.Seq[T], todo, queue chan<- *job[T, R], stop <-chan struct{}) {
	defer close(queue)
	defer close(todo)
	for v := range in {
		j := &job[T, R]{in: v, done: make(chan struct{})}
		for _, c := range []chan<- *job[T, R]{todo, queue} { // first the worker: what is queued is sure to be done
			select {
			case c <- j:
			case <-stop:
				return
			}
		}
	}
}
