import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  type DuckDBDoubleVector,
  DuckDBInstance,
  type DuckDBValue,
} from '@duckdb/node-api';
import { Cancelled } from '../../shared/errors.ts';
import { asCell, type Cell } from './duckdb-value.ts';
import { createSharedCopies } from './shared-copies.ts';
import { quoteIdentifier, quoteLiteral } from './sql.ts';

export type { Cell } from './duckdb-value.ts';

export interface Database {
  /** Results as plain values; integers beyond 2^53 are refused rather than rounded. */
  rows<T = Record<string, Cell>>(sql: string, parameters?: Record<string, Cell>): Promise<T[]>;
  /** Numeric results by column as doubles, NULL as NaN. */
  columns(sql: string, parameters?: Record<string, Cell>): Promise<Record<string, Float64Array>>;
  run(sql: string, parameters?: Record<string, Cell>): Promise<void>;
  /**
   * The same database in which `table` holds only the rows that fit, copied once for all who ask at a time, each under its former
   * number (`rowid`). For databases opened for reading.
   */
  restricted(rows: RestrictedTable): Promise<RestrictedDatabase>;
  /** The same pool; aborting interrupts what is running and rejects with `Cancelled`. */
  withSignal(signal: AbortSignal): Database;
  close(): Promise<void>;
}

export interface RestrictedTable {
  table: string;
  where: string;
  /** Columns that nobody will ask the copy for. */
  without?: readonly string[];
}

export interface RestrictedDatabase {
  /** The same one for all who share the copy. */
  database: Database;
  /** The copy goes when nobody uses it and another one has been asked for. */
  release(): Promise<void>;
}

export interface DatabaseOptions {
  /** A file, or `:memory:`. */
  path: string;
  readOnly?: boolean;
  /** The only places SQL may read from or write to, besides the database itself. */
  allowedDirectories?: string[];
  /** For example `700MB`. */
  memoryLimit?: string;
  threads?: number;
  /** Where sorts and joins may spill; absent: beside the database file. */
  temporaryDirectory?: string;
  /** Further settings, fixed before the configuration is locked. */
  settings?: Record<string, string | number | boolean>;
}

/** A database opened for reading is attached under this name to one in memory, whose `memory.main` holds the tables of one analysis. */
const READ_CATALOG = 'stored';

const poolSize = 4;
/** Interrupts are repeated because one that arrives between two statements is forgotten. */
const interruptEveryMs = 25;
/** After this long a query that does not answer to interrupts is left to end on its own. */
const interruptPatienceMs = 700;

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const configuration: Record<string, string> = {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  };
  if (options.memoryLimit) configuration.memory_limit = options.memoryLimit;
  if (options.threads) configuration.threads = String(options.threads);
  if (options.temporaryDirectory) configuration.temp_directory = options.temporaryDirectory;
  const instance = await DuckDBInstance.create(options.readOnly ? ':memory:' : options.path, configuration);
  try {
    const first = await instance.connect();
    const directories = (options.allowedDirectories ?? []).map(quoteLiteral).join(', ');
    await first.run("SET GLOBAL TimeZone = 'UTC'");
    for (const [name, value] of Object.entries(options.settings ?? {})) {
      await first.run(`SET GLOBAL ${name} = ${typeof value === 'string' ? quoteLiteral(value) : value}`);
    }
    if (options.readOnly) await first.run(`ATTACH ${quoteLiteral(options.path)} AS ${READ_CATALOG} (READ_ONLY)`);
    await first.run(`SET allowed_directories = [${directories}]`);
    await first.run('SET enable_external_access = false');
    await first.run('SET lock_configuration = true');
    return poolOver(new Pool(instance, first, options.readOnly ? READ_CATALOG : null));
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

class Pool {
  private readonly idle: DuckDBConnection[];
  private readonly waiting: ((connection: DuckDBConnection) => void)[] = [];
  private readonly busy = new Set<Promise<unknown>>();
  private readonly instance: DuckDBInstance;
  /** Where names without a schema are looked up, unless a query says otherwise. */
  private readonly home: string | null;
  private readonly standing = new WeakMap<DuckDBConnection, string>();
  /** Schemas with copies of some rows; nobody's signal cancels what others wait for. */
  readonly copies = createSharedCopies(
    async (rows: RestrictedTable) => {
      const schema = await restrictedCopy(poolOver(this), rows);
      return { schema, database: poolOver(this, { schema }) };
    },
    async ({ schema }) => {
      if (!this.closed) await poolOver(this).run(`DROP SCHEMA ${schema} CASCADE`);
    },
  );
  private opened = 1;
  private closed = false;

  get isClosed(): boolean {
    return this.closed;
  }

  constructor(instance: DuckDBInstance, first: DuckDBConnection, home: string | null) {
    this.instance = instance;
    this.home = home;
    this.idle = [first];
  }

  async query<T>(
    { signal, schema }: Place,
    sql: string,
    parameters: Record<string, Cell> | undefined,
    read: (connection: DuckDBConnection) => Promise<T>,
  ): Promise<T> {
    if (signal?.aborted) throw new Cancelled();
    if (this.closed) throw new Error('database is closed');
    const connection = await this.take();
    const work = (async () => {
      try {
        if (signal?.aborted) throw new Cancelled();
        await this.stand(connection, schema ?? this.home);
        return await read(connection);
      } catch (error) {
        if (signal?.aborted) throw new Cancelled();
        throw withQuery(error, sql, parameters);
      } finally {
        this.give(connection);
      }
    })();
    this.busy.add(work);
    const settled = () => this.busy.delete(work);
    work.then(settled, settled);
    return signal ? interruptible(work, connection, signal) : work;
  }

  private async stand(connection: DuckDBConnection, schema: string | null): Promise<void> {
    if (schema === null || this.standing.get(connection) === schema) return;
    // Where the connection stands after an interrupt nobody knows.
    this.standing.delete(connection);
    await connection.run(`USE ${schema}`);
    this.standing.set(connection, schema);
  }

  private async take(): Promise<DuckDBConnection> {
    const connection = this.idle.pop();
    if (connection) return connection;
    if (this.opened < poolSize) {
      this.opened += 1;
      return this.instance.connect();
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private give(connection: DuckDBConnection): void {
    const next = this.waiting.shift();
    if (next) next(connection);
    else this.idle.push(connection);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await Promise.allSettled([...this.busy]);
    for (const connection of this.idle) connection.closeSync();
    this.instance.closeSync();
  }
}

function interruptible<T>(work: Promise<T>, connection: DuckDBConnection, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let repeat: NodeJS.Timeout | undefined;
    let patience: NodeJS.Timeout | undefined;
    const stop = () => {
      connection.interrupt();
      repeat = setInterval(() => connection.interrupt(), interruptEveryMs);
      patience = setTimeout(() => reject(new Cancelled()), interruptPatienceMs);
    };
    const release = () => {
      signal.removeEventListener('abort', stop);
      clearInterval(repeat);
      clearTimeout(patience);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    work.then(
      (value) => {
        release();
        if (signal.aborted) reject(new Cancelled());
        else resolve(value);
      },
      (error) => {
        release();
        reject(error);
      },
    );
  });
}

function withQuery(error: unknown, sql: string, parameters?: Record<string, Cell>): unknown {
  if (error instanceof Error) Object.assign(error, { sql, parameters });
  return error;
}

interface Place {
  signal?: AbortSignal | undefined;
  schema?: string | undefined;
}

/** Makes names of schemas different; their order has no meaning. */
let schemas = 0;

/** A schema of memory with every stored table: `table` as a copy of some of its rows, the others as they are. */
async function restrictedCopy(database: Database, { table, where, without = [] }: RestrictedTable): Promise<string> {
  const schema = `memory.rows_${++schemas}`;
  const tables = await database.rows<{ name: string }>(
    `SELECT table_name AS name FROM duckdb_tables() WHERE database_name = '${READ_CATALOG}'`,
  );
  const exclude = without.length > 0 ? ` EXCLUDE (${without.map(quoteIdentifier).join(', ')})` : '';
  await database.run(`CREATE SCHEMA ${schema}`);
  try {
    await database.run(
      `CREATE TABLE ${schema}.${table} AS SELECT *${exclude}, rowid FROM ${READ_CATALOG}.main.${table} WHERE ${where}`,
    );
    for (const { name } of tables.filter((other) => other.name !== table)) {
      const quoted = quoteIdentifier(name);
      await database.run(`CREATE VIEW ${schema}.${quoted} AS SELECT * FROM ${READ_CATALOG}.main.${quoted}`);
    }
  } catch (error) {
    await database.run(`DROP SCHEMA ${schema} CASCADE`);
    throw error;
  }
  return schema;
}

function readDoubles(chunk: DuckDBDataChunk, column: number, target: Float64Array, offset: number): void {
  const vector = chunk.getColumnVector(column) as DuckDBDoubleVector;
  for (let row = 0; row < vector.itemCount; row++) target[offset + row] = vector.getItem(row) ?? Number.NaN;
}

function poolOver(pool: Pool, place: Place = {}): Database {
  const database: Database = {
    rows: (sql, parameters) =>
      pool.query(place, sql, parameters, async (connection) => {
        const result = await connection.run(sql, parameters as Record<string, DuckDBValue> | undefined);
        const names = result.deduplicatedColumnNames();
        const rows: Record<string, Cell>[] = [];
        for (const chunk of await result.fetchAllChunks()) {
          for (const values of chunk.getRows()) {
            rows.push(Object.fromEntries(names.map((name, index) => [name, asCell(values[index] ?? null)])));
          }
        }
        return rows as never;
      }),
    columns: (sql, parameters) =>
      pool.query(place, sql, parameters, async (connection) => {
        // Doubles are made where the rows are: one value at a time, integers would become objects here before they become numbers.
        const result = await connection.run(
          `SELECT COLUMNS(*)::DOUBLE FROM (${sql})`,
          parameters as Record<string, DuckDBValue> | undefined,
        );
        const names = result.deduplicatedColumnNames();
        const chunks = await result.fetchAllChunks();
        const length = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
        const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(length)]));
        let offset = 0;
        for (const chunk of chunks) {
          for (const [index, name] of names.entries()) readDoubles(chunk, index, columns[name] as Float64Array, offset);
          offset += chunk.rowCount;
        }
        return columns;
      }),
    run: (sql, parameters) =>
      pool.query(place, sql, parameters, async (connection) => {
        await connection.run(sql, parameters as Record<string, DuckDBValue> | undefined);
      }),
    restricted: async (rows) => {
      if (place.signal?.aborted) throw new Cancelled();
      const { copy, release } = await pool.copies.take(rows);
      return { database: copy.database, release };
    },
    withSignal: (next) =>
      poolOver(pool, { ...place, signal: place.signal ? AbortSignal.any([place.signal, next]) : next }),
    close: () => pool.close(),
  };
  return database;
}
