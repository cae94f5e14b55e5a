package io.signalbox.shop.service;

import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.Neighbours;
import io.signalbox.shop.web.Pace;
import io.signalbox.shop.web.Refusal;
import io.signalbox.shop.web.Reply;
import java.util.Map;

/** What one instance is given to work with. */
public record Workplace(String service, String version, String instance, Ways ways, Pace pace) {

    /** The other services that speak HTTP. */
    Neighbours neighbours() {
        return ways.http();
    }

    /** Adds {@code GET /health} to what an application answers. */
    Application withHealth(Application application) {
        Reply healthy =
                Reply.ok(Map.of("status", "healthy", "service", service, "instance", instance, "version", version));
        return call -> call.path().equals("/health") ? healthy : application.answer(call);
    }

    static Refusal unknown(Call call) {
        return new Refusal(404, call.method() + " " + call.path() + ": no such resource");
    }
}
