package io.signalbox.shop.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.InstanceStatus.RunState;
import io.signalbox.mesh.model.status.LoadStatus;
import io.signalbox.mesh.model.status.ScenarioStatus;
import io.signalbox.mesh.scenario.Scenario;
import io.signalbox.shop.fault.FaultBoard;
import io.signalbox.shop.service.BackRoom;
import io.signalbox.shop.service.Range;
import io.signalbox.shop.web.AppHost;
import io.signalbox.shop.web.AppPort;
import io.signalbox.shop.web.DirectClient;
import io.signalbox.shop.web.Refusal;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScenarioDoorTest {

    private static final AccessToken SECRET = AccessToken.generate(new SplittableRandom(1));

    private final Demo demo = new Demo();
    private final AppHost host = new AppHost();
    private URI address;
    private DirectClient client;

    @BeforeEach
    void open() {
        AppPort port = host.reserve("door");
        port.serve(new ScenarioDoor(
                SECRET,
                () -> demo,
                () -> Map.copyOf(demo.instances),
                BackRoom.inMemory(Range.load()).door()));
        address = URI.create("http://127.0.0.1:" + port.number());
        client = new DirectClient(address, SECRET);
    }

    @AfterEach
    void close() {
        client.close();
        host.close();
    }

    @Test
    void whatIsSwitchedFromTheOtherSideIsSwitchedHereAndSeenThereAtOnce() {
        try (DistantScenario distant = DistantScenario.behind(client)) {
            distant.switchFault("payment-burst", Switch.ON);
            distant.switchInstance("mailer-1", Switch.OFF);
            distant.setLoad(12.5);

            assertThat(demo.faults.statuses())
                    .anyMatch(fault -> fault.name().equals("payment-burst") && fault.position() == Switch.ON);
            assertThat(distant.status()).isEqualTo(demo.status());
            assertThat(distant.status().load().targetPerSecond()).isEqualTo(12.5);
            assertThat(distant.runState("mailer-1")).isEqualTo(RunState.STOPPED);
            assertThat(distant.runState("cart-1")).isEqualTo(RunState.RUNNING);
            assertThat(distant.runState("nobody")).isEqualTo(RunState.NOT_MANAGED);
        }
    }

    @Test
    void whatChangesHereIsSeenThere() {
        try (DistantScenario distant = DistantScenario.behind(client)) {
            demo.instances.put("cart-1", RunState.STOPPED);

            await().until(() -> distant.runState("cart-1") == RunState.STOPPED);
        }
    }

    @Test
    void refusalsArriveAsTheyWereMade() {
        try (DistantScenario distant = DistantScenario.behind(client)) {
            assertThatExceptionOfType(UnknownNameException.class)
                    .isThrownBy(() -> distant.switchInstance("nobody", Switch.OFF))
                    .withMessage("instance: nobody (expected: one of cart-1, mailer-1)");
            assertThatExceptionOfType(UnknownNameException.class)
                    .isThrownBy(() -> distant.switchFault("no-such", Switch.ON))
                    .withMessageStartingWith("fault: no-such (expected: one of bad-canary, ");
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> distant.setLoad(-1))
                    .withMessage("load: -1.0 (expected: 0..1000)");
        }
    }

    @Test
    void nothingIsAnsweredWithoutTheToken() {
        try (DirectClient stranger = new DirectClient(address, AccessToken.generate(new SplittableRandom(2)))) {
            assertThat(stranger.send("GET", "/scenario", "").status()).isEqualTo(401);
            assertThat(stranger.send("DELETE", "/carts?shopper=mira", "").status())
                    .isEqualTo(401);
            assertThatExceptionOfType(Refusal.class).isThrownBy(() -> DistantScenario.behind(stranger));
        }
    }

    private static final class Demo implements Scenario {

        private final FaultBoard faults = new FaultBoard(InstantSource.system());
        private final Map<String, RunState> instances =
                new ConcurrentHashMap<>(Map.of("cart-1", RunState.RUNNING, "mailer-1", RunState.RUNNING));
        private volatile double asked = 40;

        @Override
        public ScenarioStatus status() {
            return new ScenarioStatus(
                    "corner-shop", 42, faults.statuses(), new LoadStatus(asked, 1_000, 0, 0, 0, 0, 200));
        }

        @Override
        public void switchFault(String fault, Switch position) {
            faults.switchTo(FaultBoard.named(fault), position, "");
        }

        @Override
        public void setLoad(double requestsPerSecond) {
            InvalidValueException.unless(requestsPerSecond >= 0, "load", requestsPerSecond, "0..1000");
            asked = requestsPerSecond;
        }

        @Override
        public void switchInstance(String instance, Switch position) {
            if (!instances.containsKey(instance)) {
                throw new UnknownNameException("instance", instance, Set.copyOf(instances.keySet()));
            }
            instances.put(instance, position == Switch.ON ? RunState.RUNNING : RunState.STOPPED);
        }

        @Override
        public RunState runState(String instance) {
            return instances.getOrDefault(instance, RunState.NOT_MANAGED);
        }
    }
}
