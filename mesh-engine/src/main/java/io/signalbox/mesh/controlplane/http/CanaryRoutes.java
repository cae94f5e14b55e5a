package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.controlplane.RolloutControl;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.ShareDifference;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionShare;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Splits, and the rollouts that move them. */
final class CanaryRoutes {

    private final ControlPlane controlPlane;
    private final RolloutControl rollouts;

    CanaryRoutes(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.rollouts = controlPlane.rollouts();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/canaries", _ -> Reply.json(List.copyOf(all().values()))),
                Route.get("/api/v1/canaries/{service}", call -> Reply.json(one(call.path("service")))),
                Route.get(
                        "/api/v1/canaries/{service}/history",
                        call -> Reply.json(rollouts.history(call.path("service")))),
                Route.post("/api/v1/canaries/{service}/start", this::start),
                Route.post("/api/v1/canaries/{service}/pause", call -> asked(call, rollouts::pause)),
                Route.post("/api/v1/canaries/{service}/resume", call -> asked(call, rollouts::resume)),
                Route.post("/api/v1/canaries/{service}/promote", call -> asked(call, rollouts::promote)),
                Route.post("/api/v1/canaries/{service}/rollback", call -> asked(call, rollouts::rollBack)),
                Route.post("/api/v1/canaries/{service}/withdraw", this::withdraw));
    }

    private Map<String, Canary> all() {
        Map<String, List<RolloutStatus>> byService = new TreeMap<>();
        rollouts.list()
                .forEach(rollout -> byService
                        .computeIfAbsent(rollout.service(), _ -> new ArrayList<>())
                        .add(rollout));
        Map<String, Canary> all = new TreeMap<>();
        byService.forEach((service, its) -> all.put(service, Canary.of(service, null, its)));
        controlPlane
                .snapshot()
                .splits()
                .forEach(split -> all.put(
                        split.service(),
                        Canary.of(split.service(), split, byService.getOrDefault(split.service(), List.of()))));
        return all;
    }

    private Canary one(String service) {
        Map<String, Canary> all = all();
        Canary found = all.get(service);
        if (found == null) {
            throw new UnknownNameException("canary", service, all.keySet());
        }
        return found;
    }

    private Reply start(Call call) {
        StartBody body = call.body(StartBody.class);
        return Reply.json(rollouts.start(call.path("service"), body.request(), call.note(body.by(), body.reason())));
    }

    private Reply withdraw(Call call) {
        LeverBody body = call.body(LeverBody.class);
        if (body.number() == null) {
            throw new InvalidValueException("number", "nothing", "that of a rollout that waits");
        }
        return Reply.json(rollouts.withdraw(call.path("service"), body.number(), call.note(body.by(), body.reason())));
    }

    private static Reply asked(Call call, Lever lever) {
        LeverBody body = call.optionalBody(LeverBody.class).orElse(LeverBody.EMPTY);
        Long number = body.number();
        return Reply.json(lever.pull(
                call.path("service"),
                number == null ? OptionalLong.empty() : OptionalLong.of(number),
                call.note(body.by(), body.reason())));
    }

    /** One thing that can be asked of a rollout. */
    @FunctionalInterface
    private interface Lever {
        RolloutStatus pull(String service, OptionalLong number, ChangeNote note);
    }

    /**
     * A service's split, asked beside got, and its rollouts.
     *
     * @param rollout the one that goes on or ended last
     * @param waiting those whose turn comes
     */
    record Canary(
            String service,
            SplitStatus.@Nullable Kind kind,
            @Nullable List<VersionShare> versions,
            @Nullable Long counted,
            @Nullable Instant since,
            @Nullable Long revision,
            @Nullable RolloutStatus rollout,
            List<RolloutStatus> waiting,
            List<ShareDifference> differences) {

        static Canary of(String service, @Nullable SplitStatus split, List<RolloutStatus> rollouts) {
            boolean begun = !rollouts.isEmpty();
            RolloutStatus first = begun ? rollouts.getFirst() : null;
            List<RolloutStatus> waiting = begun ? rollouts.subList(1, rollouts.size()) : rollouts;
            return split == null
                    ? new Canary(service, null, null, null, null, null, first, waiting, List.of())
                    : new Canary(
                            service,
                            split.kind(),
                            split.versions(),
                            split.counted(),
                            split.since(),
                            split.revision(),
                            first,
                            waiting,
                            split.differences());
        }
    }

    record StartBody(
            @Nullable String candidate,
            @Nullable String stable,
            @Nullable Integer initialWeight,
            @Nullable Integer incrementStep,
            @Nullable Duration incrementDelay,
            @Nullable Integer maxWeight,
            @Nullable Double successRate,
            @Nullable Duration bakeTime,
            @Nullable Map<String, String> headers,
            @Nullable Double mirror,
            @Nullable Duration stageDelay,
            @Nullable Duration keepFor,
            @Nullable String by,
            @Nullable String reason) {

        RolloutRequest request() {
            return new RolloutRequest(
                    candidate,
                    stable,
                    initialWeight,
                    incrementStep,
                    incrementDelay,
                    maxWeight,
                    successRate,
                    bakeTime,
                    headers,
                    mirror,
                    stageDelay,
                    keepFor);
        }
    }

    /** @param number of the rollout that is meant; left out for whichever it is, but for one that waits */
    record LeverBody(
            @Nullable Long number,
            @Nullable String by,
            @Nullable String reason) {

        static final LeverBody EMPTY = new LeverBody(null, null, null);
    }
}
