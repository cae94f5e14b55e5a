package io.signalbox.mesh.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.event.MeshEvent.Drain;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.time.ManualTime;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceRegistryTest {

    private static final ChangeNote NOTE = new ChangeNote("mira", "maintenance");

    private final ManualTime time = new ManualTime();
    private final ServiceRegistry registry = new ServiceRegistry(ServiceRegistry.TIME_TO_LIVE, time, time);
    private final RecordingListener listener = new RecordingListener();

    @BeforeEach
    void setUp() {
        registry.listen(listener);
    }

    @Test
    void aRegistrationIsDatedAndServes() {
        ServiceInstance held = registry.register(Instances.of("cart", "cart-1"));

        assertThat(held.registeredAt()).isEqualTo(time.instant());
        assertThat(held.lastHeartbeat()).isEqualTo(time.instant());
        assertThat(registry.services()).isEqualTo(Map.of("cart", List.of(held)));
        assertThat(serving("cart")).containsExactly("cart-1");
        assertThat(listener.taken()).containsExactly("registered cart-1", "endpoints cart [cart-1]");
    }

    @Test
    void registeringAgainRenewsWithoutNewsAndKeepsTheFirstDate() {
        Instant first = time.instant();
        registry.register(Instances.of("cart", "cart-1"));
        listener.taken();
        time.advance(Duration.ofSeconds(29));
        ServiceInstance held = registry.register(Instances.of("cart", "cart-1"));

        assertThat(held.registeredAt()).isEqualTo(first);
        assertThat(held.lastHeartbeat()).isEqualTo(time.instant());
        assertThat(registry.instances("cart")).hasSize(1);
        assertThat(listener.taken()).isEmpty();
    }

    @Test
    void registeringAgainElsewhereMovesTheInstance() {
        registry.register(Instances.of("cart", "cart-1"));
        listener.taken();
        registry.register(Instances.of("cart", "cart-1", 9000, Health.HEALTHY, Map.of()));

        assertThat(registry.endpoints("cart").orElseThrow().endpoints())
                .extracting(Endpoint::port)
                .containsExactly(9000);
        assertThat(listener.taken()).containsExactly("replaced cart-1 8081->9000", "endpoints cart [cart-1]");
    }

    @Test
    void registeringAgainKeepsTheObservedHealthUnlessTheReportChanges() {
        ServiceInstance instance = Instances.of("cart", "cart-1");
        registry.register(instance);
        registry.observe(instance, Health.UNHEALTHY, "2 checks in a row failed");

        assertThat(registry.register(instance).health()).isEqualTo(Health.UNHEALTHY);
        assertThat(registry.register(Instances.of("cart", "cart-1", 8081, Health.UNKNOWN, Map.of()))
                        .health())
                .isEqualTo(Health.UNKNOWN);
        assertThat(listener.taken())
                .contains("health cart-1 UNHEALTHY->UNKNOWN: reported by the instance", "endpoints cart [cart-1]");
    }

    @Test
    void deregisteringOneInstanceLeavesTheOthers() {
        register("cart-1", "cart-2", "cart-3");
        listener.taken();
        registry.deregister("cart", "cart-2");

        assertThat(serving("cart")).containsExactly("cart-1", "cart-3");
        assertThat(listener.taken()).containsExactly("left cart-2 DEREGISTERED", "endpoints cart [cart-1, cart-3]");
    }

    @Test
    void deregisteringAServiceRemovesEveryInstanceOfItAndOfNoOther() {
        register("cart-1", "cart-2");
        registry.register(Instances.of("bank", "bank-1"));
        listener.taken();
        registry.deregister("cart");

        assertThat(registry.services()).containsOnlyKeys("bank");
        assertThat(registry.endpoints("cart")).isEmpty();
        assertThat(listener.taken())
                .containsExactly("left cart-1 DEREGISTERED", "left cart-2 DEREGISTERED", "endpoints cart []");
    }

    @Test
    void staleInstancesAreRemovedAndAnnounced() {
        Scheduler.Cancellable expiry = registry.expireWith(time);
        register("cart-1", "cart-2");
        time.advance(Duration.ofSeconds(20));
        registry.heartbeat("cart", "cart-2");
        time.advance(Duration.ofSeconds(10));
        assertThat(serving("cart")).containsExactly("cart-1", "cart-2");
        listener.taken();
        time.advance(Duration.ofSeconds(1));

        assertThat(serving("cart")).containsExactly("cart-2");
        assertThat(listener.taken()).containsExactly("left cart-1 EXPIRED", "endpoints cart [cart-2]");

        expiry.cancel();
        assertThat(time.waiting()).isEmpty();
    }

    @Test
    void aHeartbeatOfTheServiceRenewsAllItsInstances() {
        registry.expireWith(time);
        register("cart-1", "cart-2");
        for (int i = 0; i < 10; i++) {
            time.advance(ServiceRegistry.HEARTBEAT_PERIOD);
            registry.heartbeat("cart");
        }

        assertThat(serving("cart")).containsExactly("cart-1", "cart-2");
        assertThat(registry.instances("cart"))
                .extracting(ServiceInstance::lastHeartbeat)
                .containsOnly(time.instant());
    }

    @Test
    void heartbeatsLeaveTheEndpointsTheSameObject() {
        register("cart-1");
        EndpointSet before = registry.endpoints("cart").orElseThrow();
        registry.heartbeat("cart");

        assertThat(registry.endpoints("cart").orElseThrow()).isSameAs(before);
    }

    @Test
    void aDrainingInstanceLeavesTheEndpointsAndComesBack() {
        register("cart-1", "cart-2");
        listener.taken();
        registry.drain("cart", "cart-1", Drain.DRAINING, NOTE);
        registry.drain("cart", "cart-1", Drain.DRAINING, NOTE);
        registry.register(Instances.of("cart", "cart-1"));

        assertThat(serving("cart")).containsExactly("cart-2");
        assertThat(registry.drain("cart", "cart-1")).contains(Drain.DRAINING);
        assertThat(registry.instances("cart")).hasSize(2);

        registry.drain("cart", "cart-1", Drain.SERVING, NOTE);
        assertThat(listener.taken())
                .containsExactly(
                        "drain cart-1 DRAINING by mira",
                        "endpoints cart [cart-2]",
                        "drain cart-1 SERVING by mira",
                        "endpoints cart [cart-1, cart-2]");
    }

    @Test
    void anInstanceOfUnknownHealthServesAndAnUnhealthyOneDoesNot() {
        registry.register(Instances.of("cart", "a", 1, Health.UNKNOWN, Map.of()));
        registry.register(Instances.of("cart", "b", 2, Health.UNHEALTHY, Map.of()));

        assertThat(serving("cart")).containsExactly("a");
    }

    @Test
    void anObservationOfWhatLeftOrMovedIsIgnored() {
        ServiceInstance old = Instances.of("cart", "cart-1");
        registry.register(old);
        registry.register(Instances.of("cart", "cart-1", 9000, Health.HEALTHY, Map.of()));
        registry.observe(old, Health.UNHEALTHY, "late");
        registry.observe(Instances.of("bank", "bank-1"), Health.UNHEALTHY, "late");

        assertThat(serving("cart")).containsExactly("cart-1");
    }

    @Test
    void namesThatNothingBearsAreRefusedWithThoseThatExist() {
        register("cart-1");

        assertThatThrownBy(() -> registry.heartbeat("kart"))
                .isInstanceOf(UnknownNameException.class)
                .hasMessage("service: kart (expected: one of cart)");
        assertThatThrownBy(() -> registry.deregister("cart", "cart-9"))
                .isInstanceOf(UnknownNameException.class)
                .hasMessage("instance: cart-9 (expected: one of cart-1)");
        assertThatThrownBy(() -> registry.heartbeat("cart", "cart-9")).isInstanceOf(UnknownNameException.class);
        assertThatThrownBy(() -> registry.deregister("kart")).isInstanceOf(UnknownNameException.class);
        assertThatThrownBy(() -> registry.instances("kart")).isInstanceOf(UnknownNameException.class);
        assertThatThrownBy(() -> registry.drain("kart", "x", Drain.DRAINING, NOTE))
                .isInstanceOf(UnknownNameException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "fe80::1%eth0", "db_1.local"})
    void aGeneratedIdIsAValidName(String host) {
        String id = ServiceRegistry.generatedId("cart", host, 8080);

        assertThat(id).startsWith("cart-").endsWith("-8080");
        assertThat(Names.instance("instance_id", id)).isEqualTo(id);
    }

    @Test
    void aListenerThatChangesTheRegistryHearsOfItAfterwards() {
        List<String> heard = new ArrayList<>();
        registry.listen(new RegistryListener() {
            @Override
            public void registered(ServiceInstance instance) {
                if (instance.instanceId().equals("cart-1")) {
                    registry.register(Instances.of("cart", "cart-2"));
                }
                heard.add(instance.instanceId());
            }
        });
        register("cart-1");

        assertThat(heard).containsExactly("cart-1", "cart-2");
    }

    @Test
    void aListenerThatFailsDoesNotKeepTheNewsFromTheOthers() {
        List<ServiceInstance> heard = new ArrayList<>();
        registry.listen(new RegistryListener() {
            @Override
            public void endpointsChanged(EndpointSet endpoints) {
                throw new IllegalStateException("on purpose");
            }
        });
        Runnable stop = registry.listen(new RegistryListener() {
            @Override
            public void registered(ServiceInstance instance) {
                heard.add(instance);
            }
        });
        register("cart-1", "cart-2");
        stop.run();
        register("cart-3");

        assertThat(heard).hasSize(2);
    }

    @Test
    void concurrentChangesAreAnnouncedInTheOrderTheyTookEffect() throws InterruptedException {
        List<Long> revisions = new ArrayList<>();
        registry.listen(new RegistryListener() {
            @Override
            public void endpointsChanged(EndpointSet endpoints) {
                revisions.add(endpoints.revision());
            }
        });
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            String service = "service-" + t % 2;
            String id = "instance-" + t;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 500; i++) {
                    registry.register(Instances.of(service, id));
                    registry.deregister(service, id);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(revisions).hasSize(4_000).isSorted().doesNotHaveDuplicates();
        assertThat(registry.services()).isEmpty();
    }

    private void register(String... ids) {
        for (String id : ids) {
            registry.register(Instances.of("cart", id));
        }
    }

    private List<String> serving(String service) {
        return registry.endpoints(service).orElseThrow().endpoints().stream()
                .map(Endpoint::instanceId)
                .toList();
    }
}
