package io.signalbox.mesh.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.event.MeshEvent.Departure;
import io.signalbox.mesh.event.MeshEvent.Drain;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry does what a naive model does, whatever it is told. */
class RegistryModelTest {

    private static final int STEPS = 6_000;
    private static final String[] SERVICES = {"cart", "bank", "mailer"};
    private static final List<Health> HEALTHS = List.of(Health.HEALTHY, Health.UNHEALTHY, Health.UNKNOWN);
    private static final ChangeNote NOTE = new ChangeNote("test", "");

    private final ManualTime time = new ManualTime();
    private final ServiceRegistry registry = new ServiceRegistry(Duration.ofSeconds(30), time, time);
    private final List<String> departures = new ArrayList<>();
    private final Map<String, List<String>> announced = new HashMap<>();

    /** By {@code service/id}. */
    private final TreeMap<String, Row> model = new TreeMap<>();

    private final List<String> expectedDepartures = new ArrayList<>();

    private static final class Row {
        private int port;
        private Health reported = Health.UNKNOWN;
        private Health health = Health.UNKNOWN;
        private boolean draining;
        private Instant registeredAt = Instant.EPOCH;
        private Instant heartbeat = Instant.EPOCH;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithTheModelAfterEveryStep(long seed) {
        registry.listen(new RegistryListener() {
            @Override
            public void left(ServiceInstance instance, Departure how) {
                departures.add(instance.serviceName() + "/" + instance.instanceId() + " " + how);
            }

            @Override
            public void endpointsChanged(EndpointSet endpoints) {
                announced.put(endpoints.service(), ids(endpoints));
            }
        });
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < STEPS; step++) {
            step(random);
            compare("seed " + seed + ", step " + step);
        }
        assertThat(departures).as("the run must remove in both ways").anyMatch(line -> line.endsWith("EXPIRED"));
    }

    private void step(SplittableRandom random) {
        String service = SERVICES[random.nextInt(SERVICES.length)];
        String id = "i" + random.nextInt(4);
        String key = service + "/" + id;
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> register(service, id, 1 + random.nextInt(2), HEALTHS.get(random.nextInt(3)));
            case 3, 4 ->
                tried(
                        model.containsKey(key),
                        () -> registry.heartbeat(service, id),
                        () -> row(key).heartbeat = time.instant());
            case 5 ->
                tried(
                        known(service),
                        () -> registry.heartbeat(service),
                        () -> rows(service).values().forEach(row -> row.heartbeat = time.instant()));
            case 6 ->
                tried(
                        model.containsKey(key),
                        () -> registry.deregister(service, id),
                        () -> remove(key, Departure.DEREGISTERED));
            case 7 -> {
                if (random.nextInt(4) == 0) {
                    tried(
                            known(service),
                            () -> registry.deregister(service),
                            () -> List.copyOf(rows(service).keySet())
                                    .forEach(each -> remove(each, Departure.DEREGISTERED)));
                }
            }
            case 8 -> {
                Drain drain = random.nextBoolean() ? Drain.DRAINING : Drain.SERVING;
                tried(
                        model.containsKey(key),
                        () -> registry.drain(service, id, drain, NOTE),
                        () -> row(key).draining = drain == Drain.DRAINING);
            }
            case 9 -> observe(service, id, 1 + random.nextInt(2), HEALTHS.get(random.nextInt(3)));
            default -> {
                time.advance(Duration.ofMillis(random.nextInt(12_000)));
                expire();
            }
        }
    }

    private void register(String service, String id, int port, Health health) {
        registry.register(Instances.of(service, id, port, health, Map.of()));
        Row before = model.get(service + "/" + id);
        Row row = before == null ? new Row() : before;
        if (before == null) {
            row.registeredAt = time.instant();
        }
        if (before == null || row.port != port || row.reported != health) {
            row.health = health;
        }
        row.port = port;
        row.reported = health;
        row.heartbeat = time.instant();
        model.put(service + "/" + id, row);
    }

    private void observe(String service, String id, int port, Health health) {
        registry.observe(Instances.of(service, id, port, Health.UNKNOWN, Map.of()), health, "seen");
        Row row = model.get(service + "/" + id);
        if (row != null && row.port == port) {
            row.health = health;
        }
    }

    private void expire() {
        registry.expire();
        for (String key : List.copyOf(model.keySet())) {
            Duration silent = Duration.between(row(key).heartbeat, time.instant());
            if (silent.compareTo(Duration.ofSeconds(30)) > 0) {
                remove(key, Departure.EXPIRED);
            }
        }
    }

    private void tried(boolean valid, Runnable command, Runnable onModel) {
        if (valid) {
            command.run();
            onModel.run();
        } else {
            assertThatThrownBy(command::run).isInstanceOf(UnknownNameException.class);
        }
    }

    private void compare(String where) {
        Map<String, String> actual = new TreeMap<>();
        registry.services()
                .forEach((service, instances) -> instances.forEach(instance -> actual.put(
                        service + "/" + instance.instanceId(),
                        describe(
                                instance.port(),
                                instance.health(),
                                registry.drain(service, instance.instanceId()).orElseThrow() == Drain.DRAINING,
                                instance.registeredAt(),
                                instance.lastHeartbeat()))));
        Map<String, String> expected = new TreeMap<>();
        model.forEach((key, row) ->
                expected.put(key, describe(row.port, row.health, row.draining, row.registeredAt, row.heartbeat)));
        assertThat(actual).as(where).isEqualTo(expected);
        for (String service : SERVICES) {
            List<String> serving = rows(service).entrySet().stream()
                    .filter(row -> row.getValue().health != Health.UNHEALTHY && !row.getValue().draining)
                    .map(row -> row.getKey().substring(service.length() + 1))
                    .toList();
            assertThat(registry.endpoints(service).isPresent()).as(where).isEqualTo(known(service));
            assertThat(registry.endpoints(service).map(RegistryModelTest::ids).orElse(List.of()))
                    .as(where)
                    .isEqualTo(serving);
            assertThat(announced.getOrDefault(service, List.of())).as(where).isEqualTo(serving);
        }
        assertThat(departures.subList(Math.max(0, departures.size() - 5), departures.size()))
                .as(where)
                .isEqualTo(expectedDepartures.subList(
                        Math.max(0, expectedDepartures.size() - 5), expectedDepartures.size()));
    }

    private void remove(String key, Departure how) {
        model.remove(key);
        expectedDepartures.add(key + " " + how);
    }

    private boolean known(String service) {
        return !rows(service).isEmpty();
    }

    private Row row(String key) {
        return Objects.requireNonNull(model.get(key));
    }

    private Map<String, Row> rows(String service) {
        return model.subMap(service + "/", service + "0");
    }

    private static List<String> ids(EndpointSet endpoints) {
        return endpoints.endpoints().stream().map(Endpoint::instanceId).toList();
    }

    private static String describe(int port, Health health, boolean draining, Instant registeredAt, Instant heartbeat) {
        return port + " " + health + " " + draining + " " + registeredAt + " " + heartbeat;
    }
}
