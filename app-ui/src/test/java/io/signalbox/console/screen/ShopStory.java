package io.signalbox.console.screen;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.model.status.VersionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Two minutes of Corner Shop, second by second, that end in one of the fixtures' pictures; the same each time. */
final class ShopStory {

    static final int SECONDS = 120;

    private ShopStory() {}

    /** The pictures of the two minutes up to and with the last one. */
    static List<MeshSnapshot> endingIn(MeshSnapshot last) {
        IntFunction<MeshSnapshot> picture = second -> at(last, second, new Random(second));
        return IntStream.rangeClosed(1, SECONDS).mapToObj(picture).toList();
    }

    /** The same picture with heartbeats of different ages, one drained and one stopped instance. */
    static MeshSnapshot lived(MeshSnapshot picture) {
        Random random = new Random(3);
        return new MeshSnapshot(
                picture.sequence(),
                picture.eventSequence(),
                picture.at(),
                picture.mesh(),
                picture.startedAt(),
                picture.totals(),
                picture.meshHops(),
                picture.securedHops(),
                picture.services().stream()
                        .map(service -> new ServiceStatus(
                                service.name(),
                                service.kind(),
                                service.protocol(),
                                service.health(),
                                service.stats(),
                                service.versions().stream()
                                        .map(version -> new VersionStatus(
                                                version.version(),
                                                version.health(),
                                                version.stats(),
                                                version.instances().stream()
                                                        .map(instance -> lived(instance, random))
                                                        .toList()))
                                        .toList()))
                        .toList(),
                picture.edges(),
                picture.breakers(),
                picture.splits(),
                picture.scenario());
    }

    private static InstanceStatus lived(InstanceStatus instance, Random random) {
        ServiceInstance was = instance.instance();
        String id = was.instanceId();
        boolean stopped = id.equals("ratings-2");
        Instant beat = was.lastHeartbeat().minusMillis(stopped ? 64_000 : random.nextInt(4_800));
        return new InstanceStatus(
                new ServiceInstance(
                        was.serviceName(),
                        id,
                        was.host(),
                        was.port(),
                        was.protocol(),
                        was.metadata(),
                        was.health(),
                        was.registeredAt(),
                        beat),
                instance.health(),
                id.equals("cart-2") ? InstanceStatus.Serving.DRAINING : instance.serving(),
                stopped
                        ? InstanceStatus.RunState.STOPPED
                        : was.serviceName().equals("bank") ? InstanceStatus.RunState.NOT_MANAGED : instance.running(),
                stopped || id.equals("cart-2") ? TrafficStats.NONE : instance.stats(),
                stopped ? 0 : (int) Math.round(instance.stats().requestsPerSecond() / 60));
    }

    private static MeshSnapshot at(MeshSnapshot last, int second, Random random) {
        int before = SECONDS - second;
        if (before == 0) {
            return last;
        }
        return new MeshSnapshot(
                last.sequence() - before,
                last.eventSequence(),
                last.at().minusSeconds(before),
                last.mesh(),
                last.startedAt(),
                last.totals(),
                last.meshHops(),
                last.securedHops(),
                last.services(),
                last.edges(),
                last.breakers().stream()
                        .map(breaker -> breaker(breaker, before, random))
                        .toList(),
                last.splits(),
                last.scenario());
    }

    private static BreakerStatus breaker(BreakerStatus last, int before, Random random) {
        boolean yet = before <= 23;
        boolean ill = last.state() != BreakerState.CLOSED && last.state() != BreakerState.DISABLED;
        long failures = ill
                ? Math.round(last.calls() * (yet ? 0.3 : 0.004) * random.nextDouble(0.8, 1.2))
                : Math.round(last.failures() * random.nextDouble(0.6, 1.4));
        return new BreakerStatus(
                last.edge(),
                last.sourceInstance(),
                last.endpoint(),
                ill && !yet ? BreakerState.CLOSED : last.state(),
                last.since(),
                last.nextProbe(),
                last.failuresInARow(),
                last.trialsAdmitted(),
                last.trialsSucceeded(),
                last.config(),
                last.calls(),
                Math.min(failures, last.calls()),
                last.refused(),
                last.note());
    }
}
