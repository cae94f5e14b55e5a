package io.signalbox.console.feed;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.Outcome;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import java.util.List;
import java.util.function.Consumer;

/**
 * The requests of a mesh as they end: one tap at a time, with what ended before it was opened. An answer to what is not
 * followed any more is closed unread. Used on the FX thread only.
 */
public final class FollowedTap {

    private final Commands commands;
    private final int room;
    private final int before;
    private TapInbox inbox;
    private MeshConnection.Subscription tap = () -> {};
    private int generation;

    /**
     * One that follows nothing yet.
     *
     * @param room for so many between two looks; older ones give way
     * @param before so many that ended before it was opened, at most
     */
    public FollowedTap(Commands commands, int room, int before) {
        this.commands = commands;
        this.room = room;
        this.before = before;
        inbox = new TapInbox(room);
    }

    /**
     * Follows what a filter leaves, in place of what was followed.
     *
     * @param opened hears what ended before, newest first
     */
    public void follow(RequestFilter wanted, Consumer<List<RequestLine>> opened, Consumer<Outcome.Failed> refused) {
        leave();
        TapInbox fresh = new TapInbox(room);
        inbox = fresh;
        int mine = generation;
        commands.fetch(
                mesh -> open(mesh.requests(), wanted, fresh),
                answer -> {
                    if (mine == generation) {
                        tap = answer.tap();
                        opened.accept(answer.newest());
                    } else {
                        commands.release(answer.tap());
                    }
                },
                failed -> {
                    if (mine == generation) {
                        refused.accept(failed);
                    }
                });
    }

    private Opened open(Requests requests, RequestFilter wanted, TapInbox fresh) {
        MeshConnection.Subscription opened = requests.tap(wanted, fresh);
        try {
            return new Opened(opened, requests.newest(wanted, before));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** What came since the last call. */
    public TapInbox.Batch take() {
        return inbox.take();
    }

    /** Follows nothing any more. Closing may wait for a connection, so it is not done here. */
    public void leave() {
        generation++;
        commands.release(tap);
        tap = () -> {};
    }

    private record Opened(MeshConnection.Subscription tap, List<RequestLine> newest) {}
}
