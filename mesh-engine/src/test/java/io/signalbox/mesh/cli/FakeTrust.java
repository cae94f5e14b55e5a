package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.client.NewToken;
import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.Trust;
import io.signalbox.mesh.model.ChangeNote;
import java.util.List;

/** Lets in whoever is asked for, and keeps what it was asked. */
final class FakeTrust implements Trust {

    static final String SECRET = "c2VjcmV0LXNlY3JldC1zZWNyZXQ";

    private final List<String> asked;

    FakeTrust(List<String> asked) {
        this.asked = asked;
    }

    @Override
    public NewToken createToken(TokenRequest request, ChangeNote note) {
        asked.add("create " + request.name().orElse("-") + " " + request.scope().text() + " " + request.lifetime() + " "
                + request.uses() + " by " + note.by() + " " + note.reason());
        return new NewToken(token(TokenInfo.State.ACTIVE), SECRET);
    }

    @Override
    public List<TokenInfo> tokens() {
        return List.of(token(TokenInfo.State.ACTIVE), token(TokenInfo.State.EXPIRED));
    }

    @Override
    public TokenInfo revokeToken(String name, ChangeNote note) {
        asked.add("revoke " + name + " by " + note.by() + " " + note.reason());
        return token(TokenInfo.State.REVOKED);
    }

    @Override
    public List<CertificateInfo> certificates(int limit) {
        return List.of(new CertificateInfo(
                1,
                "1f",
                "spiffe://shop.signalbox/service/cart",
                "cart",
                "cart-1",
                "join-cart",
                "join-cart",
                Fixtures.NOON,
                Fixtures.NOON.plusSeconds(3_600),
                CertificateInfo.State.ACTIVE));
    }

    private static TokenInfo token(TokenInfo.State state) {
        return new TokenInfo(
                "ci",
                "operate",
                TokenInfo.Uses.MANY,
                state,
                "mira",
                "deploys",
                Fixtures.NOON,
                Fixtures.NOON.plusSeconds(3_600));
    }
}
