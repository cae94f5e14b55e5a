package io.signalbox.shop.process;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.InstanceStatus.RunState;
import io.signalbox.mesh.scenario.Scenario;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.Refusal;
import io.signalbox.shop.web.Reply;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets the control plane's process drive the demo of this one: {@code GET /scenario}, and {@code POST} of what is to be
 * switched. What it does not know goes to the application behind it. Nothing is answered without the token.
 *
 * @param instances that the demo owns
 */
record ScenarioDoor(
        AccessToken token, Supplier<Scenario> scenario, Supplier<Map<String, RunState>> instances, Application behind)
        implements Application {

    private static final String BEARER = "Bearer ";

    @Override
    public Reply answer(Call call) {
        String shown = call.headers().getOrDefault("authorization", "");
        if (!shown.startsWith(BEARER) || !token.matches(shown.substring(BEARER.length()))) {
            throw new Refusal(401, "authorization: not this demo's (expected: its token)");
        }
        if (!call.path().startsWith("/scenario")) {
            return behind.answer(call);
        }
        try {
            drive(call);
            return json(200, new ScenarioState(scenario.get().status(), instances.get()));
        } catch (UnknownNameException e) {
            return json(404, new Refused(e.kind(), e.name(), e.expected()));
        } catch (InvalidValueException e) {
            return json(400, new Refused(e.field(), e.value(), e.expected()));
        }
    }

    private void drive(Call call) {
        Scenario demo = scenario.get();
        switch (call.method() + " " + call.path()) {
            case "GET /scenario" -> {}
            case "POST /scenario/fault" -> demo.switchFault(call.required("name"), position(call));
            case "POST /scenario/instance" -> demo.switchInstance(call.required("name"), position(call));
            case "POST /scenario/load" -> demo.setLoad(Double.parseDouble(call.required("rps")));
            default -> throw new Refusal(404, call.method() + " " + call.path() + ": no such resource");
        }
    }

    private static Switch position(Call call) {
        return Switch.valueOf(call.required("position"));
    }

    private static Reply json(int status, Object value) {
        return new Reply(status, "application/json", Map.of(), Json.text(value));
    }

    /** Why something was not done, as the exception that said it. */
    record Refused(String field, String value, String expected) {}
}
