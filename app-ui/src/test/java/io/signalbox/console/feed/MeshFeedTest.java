package io.signalbox.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.testing.FakeMesh;
import io.signalbox.console.testing.ManualScheduler;
import io.signalbox.mesh.client.MeshConnection.Subscription;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.TrafficStats;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeshFeedTest {

    private final FakeMesh mesh = new FakeMesh();
    private final ManualScheduler time = new ManualScheduler();
    private final ArrayDeque<Runnable> fx = new ArrayDeque<>();
    private final List<Long> seen = new ArrayList<>();
    private final MeshFeed feed = new MeshFeed(mesh.connection(), fx::add, time, InstantSource.fixed(FakeMesh.NOON));

    @Test
    void atMostOneTaskWaitsHoweverManyPicturesCome() {
        feed.start();
        for (long sequence = 1; sequence <= 100; sequence++) {
            mesh.send(picture(sequence));
        }
        assertThat(fx).hasSize(1);
        runFx();
        assertThat(feed.snapshotProperty().get().map(MeshSnapshot::sequence)).contains(100L);
    }

    @Test
    void aPictureThatCameAfterTheLastLookIsNotLost() {
        feed.start();
        mesh.send(picture(1));
        runFx();
        mesh.send(picture(2));
        runFx();
        assertThat(feed.snapshotProperty().get().map(MeshSnapshot::sequence)).contains(2L);
    }

    @Test
    void anObserverGetsTheNewestAtOnceAndEachLaterOneUntilItIsClosed() {
        feed.start();
        mesh.send(picture(1));
        runFx();
        Subscription observing = feed.observe(snapshot -> seen.add(snapshot.sequence()));
        mesh.send(picture(2));
        runFx();
        observing.close();
        mesh.send(picture(3));
        runFx();
        assertThat(seen).containsExactly(1L, 2L);
        assertThat(feed.observerCount()).isZero();
    }

    @Test
    void anObserverMayLeaveWhileItIsTold() {
        feed.start();
        List<Subscription> own = new ArrayList<>();
        own.add(feed.observe(snapshot -> own.getFirst().close()));
        feed.observe(snapshot -> seen.add(snapshot.sequence()));
        mesh.send(picture(1));
        runFx();
        assertThat(seen).containsExactly(1L);
        assertThat(feed.observerCount()).isEqualTo(1);
    }

    @Test
    void theAgeCountsFromTheArrivalOfThePicture() {
        feed.start();
        assertThat(feed.age()).isEmpty();
        mesh.send(picture(1));
        time.advance(Duration.ofSeconds(3));
        runFx();
        assertThat(feed.age()).contains(Duration.ofSeconds(3));
    }

    @Test
    void aBrokenConnectionKeepsThePictureAndSaysWhy() {
        feed.start();
        mesh.send(picture(7));
        mesh.disconnect("connection refused");
        runFx();
        assertThat(feed.snapshotProperty().get().map(MeshSnapshot::sequence)).contains(7L);
        assertThat(feed.linkProperty().get()).isEqualTo(new Link.Lost("connection refused", FakeMesh.NOON));
        mesh.send(picture(8));
        runFx();
        assertThat(feed.linkProperty().get()).isEqualTo(new Link.Live());
    }

    @Test
    void closingLeavesNoSubscriptionBehind() {
        feed.start();
        feed.start();
        assertThat(mesh.subscriptions()).isEqualTo(1);
        feed.close();
        assertThat(mesh.subscriptions()).isZero();
    }

    @Test
    void theHistoryHoldsOneValueASecond() {
        feed.start();
        for (long second : new long[] {1, 2, 4}) {
            mesh.send(picture(second));
            runFx();
        }
        assertThat(feed.history().rates().last(4)).containsExactly(1, 2, Double.NaN, 4);
        assertThat(feed.history().successShares().last(1)).containsExactly(0.9);
    }

    private void runFx() {
        while (!fx.isEmpty()) {
            fx.remove().run();
        }
    }

    private static MeshSnapshot picture(long sequence) {
        return FakeMesh.picture(sequence, new TrafficStats(sequence, 10, 1, 10, 1, null));
    }
}
