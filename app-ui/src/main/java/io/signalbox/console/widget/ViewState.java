package io.signalbox.console.widget;

import java.util.List;

/** What a pane has to show: its content, or why it has none and what to do next. */
public sealed interface ViewState {

    /** The content is there. */
    record Ready() implements ViewState {}

    /** The content is on its way; a skeleton appears after 300 ms. */
    record Loading(String title) implements ViewState {}

    /**
     * The content is on its way and it takes more than a second.
     *
     * @param progress how far it is, in words
     * @param share how far it is, 0 to 1
     */
    record Progress(String title, String progress, double share, Action cancel) implements ViewState {}

    /**
     * There is nothing yet.
     *
     * @param why one sentence
     * @param actions the first is the primary one; two at most
     */
    record Empty(String title, String why, List<Action> actions) implements ViewState {

        public Empty {
            actions = List.copyOf(actions);
        }
    }

    /**
     * Something did not work.
     *
     * @param why what answered what, and what is still in force
     * @param detail the message as it came, in mono; may be empty
     */
    record Failed(String title, String why, String detail, List<Action> actions) implements ViewState {

        public Failed {
            actions = List.copyOf(actions);
        }
    }

    /**
     * The filter hides everything.
     *
     * @param filter the filter as typed
     * @param hidden what it hides, in words
     */
    record NothingMatches(String title, String filter, String hidden, List<Action> actions) implements ViewState {

        public NothingMatches {
            actions = List.copyOf(actions);
        }
    }

    /** A screen threw. */
    record Crashed(String title, String why, String detail, List<Action> actions) implements ViewState {

        public Crashed {
            actions = List.copyOf(actions);
        }
    }
}
