package io.signalbox.shop.process;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.InstanceStatus.RunState;
import io.signalbox.mesh.model.status.ScenarioStatus;
import io.signalbox.mesh.scenario.Scenario;
import io.signalbox.shop.web.Answer;
import io.signalbox.shop.web.DirectClient;
import io.signalbox.shop.web.NeighbourFailure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The demo of the process that started this one. How it stands is asked twice a second, and after each change. */
final class DistantScenario implements Scenario, AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(500);

    private final DirectClient door;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile ScenarioState state;

    private DistantScenario(DirectClient door) {
        this.door = door;
        this.state = read(door.send("GET", "/scenario", ""));
    }

    /** Asks at once. */
    static DistantScenario behind(DirectClient door) {
        DistantScenario scenario = new DistantScenario(door);
        Thread.ofVirtual().name("scenario").start(scenario::follow);
        return scenario;
    }

    @Override
    public ScenarioStatus status() {
        return state.status();
    }

    @Override
    public void switchFault(String fault, Switch position) {
        post("/scenario/fault?name=" + encoded(fault) + "&position=" + position);
    }

    @Override
    public void setLoad(double requestsPerSecond) {
        post("/scenario/load?rps=" + requestsPerSecond);
    }

    @Override
    public void switchInstance(String instance, Switch position) {
        post("/scenario/instance?name=" + encoded(instance) + "&position=" + position);
    }

    @Override
    public RunState runState(String instance) {
        return state.instances().getOrDefault(instance, RunState.NOT_MANAGED);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void follow() {
        try {
            while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    state = read(door.send("GET", "/scenario", ""));
                } catch (NeighbourFailure e) {
                    // Whoever does not answer is about to end, and this process with it.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(String path) {
        Answer answer = door.send("POST", path, "");
        switch (answer.status()) {
            case 404 -> {
                ScenarioDoor.Refused why = Json.read(answer.body(), ScenarioDoor.Refused.class);
                throw new UnknownNameException(why.field(), why.value(), why.expected());
            }
            case 400 -> {
                ScenarioDoor.Refused why = Json.read(answer.body(), ScenarioDoor.Refused.class);
                throw new InvalidValueException(why.field(), why.value(), why.expected());
            }
            default -> state = read(answer);
        }
    }

    private static ScenarioState read(Answer answer) {
        return Json.read(answer.orRefuse().body(), ScenarioState.class);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
