import { apiError } from '../api-error.ts';
import { wirePerson, wireProfile } from '../wire-shapes.ts';
import { BOT, TEAM } from '../workspace-data.ts';
import { arg, type Method, method } from './method.ts';
import { knownPerson, page } from './places.ts';

export const userMethods: Record<string, Method> = {
  'auth.test': method({
    args: {},
    run: (_args, parts) => ({
      // The page reads what stands after the '#'.
      url: `${parts.baseUrl()}/#/`,
      team: TEAM.name,
      user: BOT.name,
      team_id: TEAM.id,
      user_id: BOT.userId,
      bot_id: BOT.botId,
      app_id: BOT.appId,
      is_enterprise_install: false,
    }),
  }),

  'api.test': method({ args: {}, run: () => ({}) }),

  'team.info': method({
    scopes: ['team:read'],
    args: { team: arg.optionalText },
    run: () => ({ team: { id: TEAM.id, name: TEAM.name, domain: TEAM.domain } }),
  }),

  'users.info': method({
    scopes: ['users:read'],
    args: { user: arg.text, include_locale: arg.flag.optional() },
    run: (args, parts) => ({ user: wirePerson(knownPerson(parts, args.user)) }),
  }),

  'users.list': method({
    scopes: ['users:read'],
    args: {
      limit: arg.number.optional(),
      cursor: arg.optionalText,
      include_locale: arg.flag.optional(),
    },
    run(args, parts) {
      const people = page([...parts.workspace.people.values()], args.limit, args.cursor);
      return {
        members: people.items.map(wirePerson),
        response_metadata: { next_cursor: people.next },
      };
    },
  }),

  'users.profile.get': method({
    scopes: ['users.profile:read'],
    args: { user: arg.optionalText, include_labels: arg.flag.optional() },
    run: (args, parts) => ({ profile: wireProfile(knownPerson(parts, args.user ?? BOT.userId)) }),
  }),

  'users.conversations': method({
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    args: {
      user: arg.optionalText,
      types: arg.optionalText,
      limit: arg.number.optional(),
      cursor: arg.optionalText,
      exclude_archived: arg.flag.optional(),
    },
    run(args, parts) {
      const user = knownPerson(parts, args.user ?? BOT.userId);
      const kinds = (args.types ?? 'public_channel').split(',');
      const channels = [...parts.workspace.channels.values()].filter(
        (channel) =>
          channel.members.includes(user.id) &&
          kinds.includes(
            { public: 'public_channel', private: 'private_channel', im: 'im', mpim: 'mpim' }[channel.kind],
          ),
      );
      const found = page(channels, args.limit, args.cursor);
      return {
        channels: found.items.map((channel) => ({ id: channel.id, name: channel.name })),
        response_metadata: { next_cursor: found.next },
      };
    },
  }),

  'usergroups.list': method({
    scopes: ['usergroups:read'],
    args: {
      include_users: arg.flag.optional(),
      include_count: arg.flag.optional(),
      include_disabled: arg.flag.optional(),
    },
    run: (args, parts) => ({
      usergroups: [...parts.workspace.userGroups.values()].map((group) => ({
        id: group.id,
        team_id: TEAM.id,
        is_usergroup: true,
        name: group.name,
        handle: group.handle,
        date_delete: 0,
        user_count: group.users.length,
        ...(args.include_users ? { users: group.users } : {}),
      })),
    }),
  }),

  'usergroups.users.list': method({
    scopes: ['usergroups:read'],
    args: { usergroup: arg.text, include_disabled: arg.flag.optional() },
    run(args, parts) {
      const group = parts.workspace.userGroups.get(args.usergroup);
      if (!group) throw apiError('no_such_subteam');
      return { users: group.users };
    },
  }),
};
