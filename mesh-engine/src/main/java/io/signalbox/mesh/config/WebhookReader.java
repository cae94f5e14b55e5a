package io.signalbox.mesh.config;

import io.signalbox.mesh.model.CanaryWebhook;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a canary's {@code webhooks}. */
final class WebhookReader {

    private static final Set<String> FIELDS =
            Set.of("name", "url", "when", "timeout", "retries", "onFailure", "secret");

    private WebhookReader() {}

    static List<CanaryWebhook> read(Section canary) {
        List<CanaryWebhook> webhooks = new ArrayList<>();
        for (Section section : canary.sections("webhooks")) {
            CanaryWebhook webhook = webhook(section);
            if (webhooks.stream().anyMatch(other -> other.name().equals(webhook.name()))) {
                throw section.refused("name", webhook.name(), "another name than that of a webhook before");
            }
            webhooks.add(webhook);
        }
        return webhooks;
    }

    private static CanaryWebhook webhook(Section section) {
        section.allowing(FIELDS);
        String name = section.requiredText("name");
        URI url = section.parsed("url", CanaryWebhook::parseUrl).orElseThrow(() -> section.missing("url"));
        CanaryWebhook.When when =
                section.parsed("when", CanaryWebhook.When::parse).orElseThrow(() -> section.missing("when"));
        Duration timeout = section.duration("timeout").orElse(CanaryWebhook.TIMEOUT);
        int retries = section.number("retries", CanaryWebhook.RETRIES);
        CanaryWebhook.OnFailure onFailure =
                section.parsed("onFailure", CanaryWebhook.OnFailure::parse).orElseGet(() -> CanaryWebhook.usual(when));
        Optional<String> secret = section.text("secret");
        return section.build(() -> new CanaryWebhook(name, url, when, timeout, retries, onFailure, secret));
    }
}
