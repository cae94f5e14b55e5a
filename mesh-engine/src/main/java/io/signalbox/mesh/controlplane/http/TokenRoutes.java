package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.controlplane.AccessTokens;
import io.signalbox.mesh.controlplane.Doorkeeper;
import io.signalbox.mesh.model.InvalidValueException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tokens that were given out. */
final class TokenRoutes {

    private final Doorkeeper door;

    TokenRoutes(Doorkeeper door) {
        this.door = door;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/tokens", _ -> Reply.json(tokens().list())),
                Route.post("/api/v1/tokens", this::create),
                Route.delete("/api/v1/tokens/{name}", this::revoke));
    }

    private Reply create(Call call) {
        Body body = call.body(Body.class);
        return Reply.json(tokens().create(body.request(), call.note(body.by, body.reason)));
    }

    private Reply revoke(Call call) {
        return Reply.json(tokens().revoke(call.path("name"), call.note()));
    }

    private AccessTokens tokens() {
        return door.tokens()
                .orElseThrow(() -> new Refusal(Problem.of(
                        404,
                        "tokens",
                        "none but the mesh's own",
                        "a control plane of its own, signalbox control-plane --data DIR")));
    }

    record Body(
            @Nullable String name,
            @Nullable String scope,
            @Nullable Duration lifetime,
            TokenInfo.@Nullable Uses uses,
            @Nullable String by,
            @Nullable String reason) {

        TokenRequest request() {
            if (scope == null) {
                throw new InvalidValueException("scope", "nothing", "read | operate | admin | sidecar:SERVICE");
            }
            if (lifetime == null) {
                throw new InvalidValueException("lifetime", "nothing", "1s to 8760h, such as 8h");
            }
            return new TokenRequest(
                    Optional.ofNullable(name),
                    TokenScope.parse(scope),
                    lifetime,
                    Objects.requireNonNullElse(uses, TokenInfo.Uses.MANY));
        }
    }
}
