package io.signalbox.console.excerpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.console.feed.Link;
import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.fixture.Crowd;
import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.testing.ManualScheduler;
import io.signalbox.console.text.Texts;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ExcerptsTest {

    private final FakeMesh mesh = new FakeMesh();
    private final Excerpts excerpts = new Excerpts(new Bounds(20, 10, 15, 12, 3, 5, 3));
    private final List<MeshSnapshot> shown = new ArrayList<>();

    @Test
    void aPolicyThatIsTooLongIsRefusedInThePersonsLanguage() {
        String yaml = "x".repeat((1 << 18) + 1);
        MeshConnection tooLong = (MeshConnection) Proxy.newProxyInstance(
                MeshConnection.class.getClassLoader(),
                new Class<?>[] {MeshConnection.class},
                (proxy, method, arguments) -> new MeshConnection.PolicyText("catalog", 1, yaml));
        assertThatThrownBy(
                        () -> new Excerpts(Texts.of(Locale.GERMAN)).of(tooLong).policy("catalog"))
                .isInstanceOf(MeshException.class)
                .hasMessage("Die Richtlinie von catalog hat 262145 Zeichen (erwartet: höchstens 262144)");
    }

    @Test
    void whatIsTypedShowsAnotherPartOfTheSamePictureAtOnce() {
        MeshConnection.Subscription following = excerpts.of(mesh).subscribe(shown::add);
        mesh.deliver(Crowd.of(1_000));
        assertThat(shown.getLast().services())
                .hasSize(20)
                .noneMatch(service -> service.name().equals("svc-00903"));

        excerpts.narrow("svc-00903", Runnable::run);

        assertThat(shown.getLast().services())
                .anyMatch(service -> service.name().equals("svc-00903"));
        assertThat(excerpts.extent().matching()).isEqualTo(1);
        following.close();
        assertThat(mesh.subscriptions()).isZero();
    }

    @Test
    void aClosedSubscriptionHearsNothingMore() {
        excerpts.of(mesh).subscribe(shown::add).close();

        excerpts.narrow("svc", Runnable::run);

        assertThat(shown).isEmpty();
    }

    @Test
    void whoAsksForThePictureGetsNoMoreThanTheScreens() {
        mesh.deliver(Crowd.of(1_000));

        assertThat(excerpts.of(mesh).snapshot().services()).hasSize(20);
    }

    @Test
    void anotherPartOfAMeshThatWasLostIsNoNewsOfIt() {
        ManualScheduler time = new ManualScheduler();
        MeshFeed feed = new MeshFeed(excerpts.of(mesh), Runnable::run, time, InstantSource.fixed(Instant.EPOCH));
        feed.start();
        mesh.deliver(Crowd.of(1_000));
        List<Double> rates = bits(feed);
        mesh.disconnect("connection refused");
        time.advance(Duration.ofSeconds(12));

        excerpts.narrow("svc-00903", Runnable::run);

        assertThat(feed.snapshotProperty().get().orElseThrow().services())
                .anyMatch(service -> service.name().equals("svc-00903"));
        assertThat(feed.linkProperty().get()).isEqualTo(new Link.Lost("connection refused", Instant.EPOCH));
        assertThat(feed.age()).contains(Duration.ofSeconds(12));
        assertThat(bits(feed)).isEqualTo(rates);
    }

    @Test
    void aSubscriptionThatFailsIsForgotten() {
        MeshConnection refusing = (MeshConnection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MeshConnection.class}, (proxy, method, arguments) -> {
                    ((MeshConnection.SnapshotListener) arguments[0]).snapshot(Crowd.of(1_000));
                    throw new MeshException(MeshException.Kind.FAILED, "connection refused");
                });
        assertThatThrownBy(() -> excerpts.of(refusing).subscribe(shown::add)).isInstanceOf(MeshException.class);
        shown.clear();

        excerpts.narrow("svc-00903", Runnable::run);

        assertThat(shown).isEmpty();
    }

    private static List<Double> bits(MeshFeed feed) {
        return DoubleStream.of(feed.history().rates().last(60)).boxed().toList();
    }
}
