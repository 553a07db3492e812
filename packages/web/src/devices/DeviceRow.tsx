import type { Device } from "@multichat/client/contract";
import { Laptop, LogOut, Pencil } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../design/IconButton.tsx";
import { SavedName } from "../design/SavedName.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { openSheet } from "../state/store.ts";
import { deviceText } from "./device-text.ts";

export function DeviceRow({ device, now, mayRevoke }: { device: Device; now: number; mayRevoke: boolean }) {
  const app = useApp();
  const [naming, setNaming] = useState(false);
  const good = device.standing === "good";
  return (
    <li className="flex items-start gap-3 py-3">
      <Laptop aria-hidden="true" className={`mt-1.5 size-5 shrink-0 ${device.connected && good ? "text-accent" : "text-quiet"}`} />
      <div className="min-w-0 flex-1">
        {naming ? (
          <SavedName
            className="mb-2"
            label={t("device.nameLabel")}
            hint={t("device.nameHint")}
            name={device.name}
            save={async (name) => void (await app.client.call("device.name", { device: device.id, name }))}
            onDone={() => setNaming(false)}
          />
        ) : (
          <p className="flex flex-wrap items-baseline gap-x-2">
            <bdi className="font-medium wrap-anywhere">{device.name}</bdi>
            {device.this && <span className="text-12 text-quiet">{t("devices.this")}</span>}
          </p>
        )}
        <p className="text-13 text-quiet wrap-anywhere">{deviceText(device, now)}</p>
      </div>
      {good && !naming && (
        <div className="flex shrink-0">
          <IconButton label={t("device.rename", { name: device.name })} icon={<Pencil />} onClick={() => setNaming(true)} />
          {!device.this && mayRevoke && (
            <IconButton
              label={t("device.revoke", { name: device.name })}
              icon={<LogOut />}
              onClick={() => openSheet(app, { kind: "revoke-device", device: device.id })}
            />
          )}
        </div>
      )}
    </li>
  );
}
